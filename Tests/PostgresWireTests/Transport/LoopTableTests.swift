import Testing

@testable import PostgresWire

@Suite struct LoopTableTests {
    private func loops(_ table: inout LoopTable<Int>, _ begin: [Int?]) -> [Int?] {
        begin.map { loop in
            try? table.next { () throws(PostgresError) in
                guard let loop else { throw .noLoop(24) }
                return loop
            }
        }
    }

    @Test func `a loop begins with each call until there are enough, then they take turns`() {
        var table = LoopTable<Int>(limit: 2)
        #expect(loops(&table, [1, 2, 3, 4, 5]) == [1, 2, 1, 2, 1])
        #expect(table.loops == [1, 2])
    }

    @Test func `the first loop that cannot begin is an error, and the next call tries again`() {
        var table = LoopTable<Int>(limit: 2)
        #expect(loops(&table, [nil, nil, 7]) == [nil, nil, 7])
        #expect(table.loops == [7])
    }

    @Test func `where a second loop cannot begin the first takes its connections`() {
        var table = LoopTable<Int>(limit: 2)
        #expect(loops(&table, [1, nil, nil, 2, nil]) == [1, 1, 1, 2, 1])
    }

    @Test func `the error says what the system said and that nothing has happened`() {
        let error = PostgresError.noLoop(24)
        #expect(error.code == .connectionFailed)
        #expect(error.effect == .none)
        #expect(error.description.contains("Too many open files"))
    }
}
