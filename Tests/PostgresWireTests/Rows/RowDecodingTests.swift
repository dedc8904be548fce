import PostgresCodecs
import Testing

@testable import PostgresWire

/// Rows of a fixed number of columns and of any number come to the same.
@Suite struct RowDecodingTests {
    /// One row of `int2` columns that hold 1, 2, 3 and so on.
    private func row(_ count: Int) throws -> PostgresRows {
        try MadeRows.make(
            (0..<count).map { ("c\($0)", PostgresOID.int2) }, [(1...count).map { [0, UInt8($0)] }])
    }

    @Test func `every number of columns up to thirteen is read in order`() throws {
        #expect(try row(1).decode(Int.self) == [1])
        let two = try row(2).decode((Int, Int).self)[0]
        #expect(two == (1, 2))
        let three = try row(3).decode((Int, Int, Int).self)[0]
        #expect(three == (1, 2, 3))
        let four = try row(4)[0].decode((Int, Int, Int, Int).self)
        #expect(four == (1, 2, 3, 4))
        let five = try row(5)[0].decode((Int, Int, Int, Int, Int).self)
        #expect(five == (1, 2, 3, 4, 5))
        let six = try row(6).decode((Int, Int, Int, Int, Int, Int).self)[0]
        #expect(six == (1, 2, 3, 4, 5, 6))
        let twelve = try row(12).decode(
            (Int, Int, Int, Int, Int, Int, Int, Int, Int, Int, Int, Int).self)[0]
        #expect((twelve.0, twelve.5, twelve.10, twelve.11) == (1, 6, 11, 12))
        let thirteen = try row(13).decode(
            (Int, Int, Int, Int, Int, Int, Int, Int, Int, Int, Int, Int, Int).self)[0]
        #expect((thirteen.0, thirteen.11, thirteen.12) == (1, 12, 13))
    }

    @Test func `the last column of every overload is its own`() throws {
        let seven = try row(7).decode((Int, Int, Int, Int, Int, Int, Int16).self)[0]
        #expect(seven.6 == 7)
        let eight = try row(8).decode((Int, Int, Int, Int, Int, Int, Int, Int16).self)[0]
        #expect(eight.7 == 8)
        let nine = try row(9).decode((Int, Int, Int, Int, Int, Int, Int, Int, Int16).self)[0]
        #expect(nine.8 == 9)
        let ten = try row(10).decode((Int, Int, Int, Int, Int, Int, Int, Int, Int, Int16).self)[0]
        #expect(ten.9 == 10)
        let eleven = try row(11).decode((Int, Int, Int, Int, Int, Int, Int, Int, Int, Int, Int16).self)[0]
        #expect(eleven.10 == 11)
    }

    @Test func `the type of the tuple may come from where it goes`() throws {
        let pair: (Int, Int32) = try row(2)[0].decode()
        #expect(pair == (1, 2))
        let one: Int = try row(1)[0].decode()
        #expect(one == 1)
    }

    @Test func `NULL and values are told apart in every place`() throws {
        let rows = try MadeRows.make(
            [("a", .int4), ("b", .int4), ("c", .text)],
            [[[0, 0, 0, 1], nil, []], [nil, [0, 0, 0, 2], nil]])
        let read = try rows.decode((Int?, Int?, String?).self)
        #expect(read[0] == (1, nil, ""))
        #expect(read[1] == (nil, 2, nil))
        var borrowed: [Int?] = []
        try rows.forEachBorrowedRow { row throws(PostgresError) in
            borrowed.append(try row.decode((Int?, Int?, String?).self).0)
        }
        #expect(borrowed == [1, nil])
    }

    @Test func `a row that lies about its length is an error and no trap`() throws {
        let storage = RowStorage(capacity: 64)
        // The second cell claims four bytes and has two; nothing has checked this row.
        let bytes: [UInt8] = [0, 2, 0, 0, 0, 2, 0, 1, 0, 0, 0, 4, 0, 2]
        storage.append(bytes.span.bytes)
        let sample = try row(2)
        let rows = PostgresRows(storage: storage, columns: sample.columns, command: sample.command)
        for attempt in 0..<3 {
            let code: PostgresError.Code?
            do throws(PostgresError) {
                switch attempt {
                case 0: _ = try rows.decode((Int, Int).self)
                case 1: _ = try rows[0].decode((Int, Int).self)
                default: _ = try rows[0].decode(Int.self, at: 1)
                }
                code = nil
            } catch {
                code = error.code
                #expect(error.column?.index == 1)
            }
            #expect(code == .decoding)
        }
    }
}
