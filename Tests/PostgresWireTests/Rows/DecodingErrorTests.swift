import PostgresCodecs
import PostgresProtocol
import Testing

@testable import PostgresWire

/// What an error of reading a row says: the column, both types, and the place of the call.
@Suite struct DecodingErrorTests {
    private static let file = "PostgresWireTests/DecodingErrorTests.swift"

    private func error(_ body: () throws(PostgresError) -> Void) -> PostgresError? {
        do { try body() } catch { return error }
        return nil
    }

    @Test func `a wrong type names the column, both types and the call`() throws {
        let rows = try MadeRows.numberAndNull()
        let line = #line + 1
        let error = error { () throws(PostgresError) in _ = try rows[0].decode((Bool, String?).self) }
        #expect(error?.code == .decoding)
        let column = try #require(error?.column)
        #expect(column.name == "n")
        #expect(column.index == 0)
        #expect(column.type == .int4)
        #expect(column.format == .binary)
        #expect(column.wantedType == "Bool")
        #expect(error?.callSite?.description == "\(Self.file):\(line)")
        #expect(error?.debugDescription.contains("call: \(Self.file):\(line)") == true)
        #expect(error?.cause as? DecodingFault == .typeMismatch(.int4, .binary))
        #expect(
            error?.reason == "column 0 \"n\" of type int4 cannot be read as Bool: the types do not fit."
                + " Ask for another type or cast the column in SQL")
    }

    @Test func `a NULL without an optional names the column, both types and the call`() throws {
        let rows = try MadeRows.numberAndNull()
        let line = #line + 1
        let error = error { () throws(PostgresError) in _ = try rows.decode((Int, String).self) }
        #expect(error?.column?.name == "label")
        #expect(error?.column?.index == 1)
        #expect(error?.column?.type == .text)
        #expect(error?.column?.wantedType == "String")
        #expect(error?.callSite?.line == UInt(line))
        #expect(error?.cause as? DecodingFault == .unexpectedNull)
    }

    @Test func `every way of reading a cell names the call`() throws {
        let rows = try MadeRows.numberAndNull()
        let line = #line
        let errors = [
            error { () throws(PostgresError) in _ = try rows[0].decode(Bool.self, at: 0) },
            error { () throws(PostgresError) in _ = try rows[0].decode(Bool.self, named: "n") },
            error { () throws(PostgresError) in _ = try rows[0].decode(Bool.self, named: "m") },
            error { () throws(PostgresError) in _ = try rows[0].decode(Bool.self, at: 2) },
            error { () throws(PostgresError) in _ = try rows[0].decode(Bool.self, at: -1) },
            error { () throws(PostgresError) in _ = try rows[0].decode(Int.self) },
            error { () throws(PostgresError) in _ = try rows.decode((Int, String?, Int).self) },
        ]
        #expect(errors.map { $0?.callSite?.line } == (2...8).map { UInt(line + $0) })
        #expect(
            errors.map { $0?.code } == [
                .decoding, .decoding, .unexpectedResult, .unexpectedResult, .unexpectedResult,
                .unexpectedResult, .unexpectedResult,
            ])
        #expect(errors[4]?.reason == "the result has 2 columns and none at -1, counted from 0")
        #expect(errors[6]?.reason == "the statement returns 2 columns, 3 were asked for")
    }

    @Test func `borrowed rows name the column and the call`() throws {
        let rows = try MadeRows.numberAndNull()
        var errors: [PostgresError] = []
        let line = #line
        rows.forEachBorrowedRow { row in
            do throws(PostgresError) { _ = try row.decode((Bool, String?).self) } catch {
                errors.append(error)
            }
            do throws(PostgresError) { _ = try row.decode(Bool.self, at: 0) } catch { errors.append(error) }
            do throws(PostgresError) { _ = try row.isNull(at: 9) } catch { errors.append(error) }
            do throws(PostgresError) { _ = try row.bytes(at: 9) } catch { errors.append(error) }
        }
        #expect(errors.map(\.callSite?.line) == [2, 5, 6, 7].map { UInt(line + $0) })
        #expect(errors.map(\.column?.name) == ["n", "n", nil, nil])
    }

    @Test func `a structure names the column, both types and the call`() throws {
        struct Item: Decodable {
            let n: Int8
            let label: String
        }
        let rows = try MadeRows.make(
            [("n", .int4), ("label", .text)], [[[0, 0, 1, 44], [UInt8(ascii: "a")]]])
        let line = #line + 1
        let error = error { () throws(PostgresError) in _ = try rows.decode(Item.self) }
        #expect(error?.column?.name == "n")
        #expect(error?.column?.type == .int4)
        #expect(error?.column?.wantedType == "Int8")
        #expect(error?.cause as? DecodingFault == .outOfRange)
        #expect(error?.callSite?.line == UInt(line))
    }

    @Test func `the bytes of a cell never occur in the error`() throws {
        let rows = try MadeRows.make([("n", .text)], [[Array("secret".utf8) + [0xff]]])
        let error = error { () throws(PostgresError) in _ = try rows[0].decode(String.self) }
        #expect(error?.code == .decoding)
        #expect(error?.debugDescription.contains("secret") == false)
    }
}
