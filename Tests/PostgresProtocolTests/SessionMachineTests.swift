import PostgresProtocol
import TestSupport
import Testing

@Suite struct SessionMachineTests {
    @Test func `a statement that is parsed, described and executed`() throws {
        let machine = try run([
            .sent(.statement([.parse, .describe, .execute])), .got(.parseComplete, .parsed),
            .got(.parameters, .parameterTypes), .got(.columns, .columns), .got(.bindComplete, .none),
            .got(.row, .row), .got(.row, .row), .got(.complete("SELECT 2"), .completed("SELECT 2")),
            .got(.ready, .finished(.idle)),
        ])
        #expect(machine.owed == 0)
        #expect(machine.transactionStatus == .idle)
        #expect(!machine.hasEnded)
    }

    @Test func `a statement that the server knows already`() throws {
        try run([
            .sent(.statement([.execute])), .got(.bindComplete, .none), .got(.row, .row),
            .got(.complete("SELECT 1"), .completed("SELECT 1")),
            .got(.readyInTransaction, .finished(.inTransaction)),
        ])
    }

    @Test func `a statement that returns no rows`() throws {
        try run([
            .sent(.statement([.parse, .describe, .execute])), .got(.parseComplete, .parsed),
            .got(.parameters, .parameterTypes), .got(.noData, .noColumns), .got(.bindComplete, .none),
            .got(.complete("INSERT 0 5"), .completed("INSERT 0 5")), .got(.ready, .finished(.idle)),
        ])
    }

    @Test func `a statement that is only prepared`() throws {
        try run([
            .sent(.statement([.parse, .describe])), .got(.parseComplete, .parsed),
            .got(.parameters, .parameterTypes), .got(.columns, .columns), .got(.ready, .finished(.idle)),
        ])
    }

    @Test func `an empty statement`() throws {
        try run([
            .sent(.statement([.parse, .describe, .execute])), .got(.parseComplete, .parsed),
            .got(.parameters, .parameterTypes), .got(.noData, .noColumns), .got(.bindComplete, .none),
            .got(.emptyQuery, .completed("")), .got(.ready, .finished(.idle)),
        ])
    }

    @Test func `statements are closed before the next is parsed`() throws {
        try run([
            .sent(.statement([.parse, .execute], closes: 2)), .got(.closeComplete, .none),
            .got(.closeComplete, .none), .got(.parseComplete, .parsed), .got(.bindComplete, .none),
            .got(.complete("BEGIN"), .completed("BEGIN")),
            .got(.readyInTransaction, .finished(.inTransaction)),
        ])
    }

    @Test func `a portal that is read in parts`() throws {
        try run([
            .sent(.statement([.parse, .describe, .execute, .limited])), .got(.parseComplete, .parsed),
            .got(.parameters, .parameterTypes), .got(.columns, .columns), .got(.bindComplete, .none),
            .got(.row, .row), .got(.portalSuspended, .suspended),
            .got(.readyInTransaction, .finished(.inTransaction)), .sent(.statement([.resume, .limited])),
            .got(.row, .row), .got(.complete("SELECT 1"), .completed("SELECT 1")),
            .got(.readyInTransaction, .finished(.inTransaction)),
        ])
    }

    @Test func `a batch of statements with one end`() throws {
        var machine = SessionMachine()
        machine.sent(.batch([[.parse, .execute], [.execute], [.parse, .describe, .execute]], closes: 1))
        var indices: [Int] = []
        for message in [
            Message.closeComplete, .parseComplete, .bindComplete, .complete("INSERT 0 1"), .bindComplete,
            .row,
            .complete("SELECT 1"), .parseComplete, .parameters, .noData, .bindComplete, .complete("DELETE 0"),
        ] {
            indices.append(machine.statementIndex)
            _ = try machine.received(message.tag, message.body.span.bytes)
        }
        #expect(indices == [0, 0, 0, 0, 1, 1, 1, 2, 2, 2, 2, 2])
        #expect(machine.owed == 1)
        #expect(try Message.ready.read { try machine.received(.readyForQuery, $0) } == .finished(.idle))
        #expect(machine.statementIndex == 0)
    }

    @Test func `a batch without statements is a Sync alone`() throws {
        try run([.sent(.batch([])), .got(.ready, .finished(.idle))])
        try run([.sent(.batch([[], [], [.limited]])), .got(.ready, .finished(.idle))])
    }

    @Test func `an error in a batch skips the rest`() throws {
        let machine = try run([
            .sent(.batch([[.parse, .execute], [.parse, .execute], [.parse, .execute]])),
            .got(.parseComplete, .parsed), .got(.bindComplete, .none),
            .got(.complete("INSERT 0 1"), .completed("INSERT 0 1")), .got(.parseComplete, .parsed),
            .got(.error, .failed),
        ])
        #expect(machine.statementIndex == 1)
    }

    @Test func `an error at the end of an implicit transaction`() throws {
        try run([
            .sent(.statement([.execute])), .got(.bindComplete, .none),
            .got(.complete("INSERT 0 1"), .completed("INSERT 0 1")), .got(.error, .failed),
            .got(.ready, .finished(.idle)),
        ])
    }

    @Test func `after every step an error ends the exchange and the next one begins`() throws {
        let right: [Step] = [
            .got(.closeComplete, .none), .got(.parseComplete, .parsed), .got(.parameters, .parameterTypes),
            .got(.columns, .columns), .got(.bindComplete, .none), .got(.row, .row),
            .got(.complete("SELECT 1"), .completed("SELECT 1")),
        ]
        for count in 0...right.count {
            let machine = try run(
                [.sent(.statement([.parse, .describe, .execute], closes: 1)), .sent(.statement([.execute]))]
                    + right.prefix(count) + [
                        .got(.error, .failed), .got(.readyFailed, .finished(.failed)),
                        .got(.bindComplete, .none),
                        .got(.error, .failed), .got(.readyFailed, .finished(.failed)),
                    ])
            #expect(machine.owed == 0)
            #expect(machine.transactionStatus == .failed)
        }
    }

    @Test func `exchanges that are sent ahead are answered in order`() throws {
        var machine = SessionMachine()
        for round in 0..<100 {
            for _ in 0...round { machine.sent(.statement([.execute])) }
            #expect(machine.owed == round + 1)
            for left in (0...round).reversed() {
                for message in [Message.bindComplete, .row, .complete("SELECT 1"), .ready] {
                    _ = try machine.received(message.tag, message.body.span.bytes)
                }
                #expect(machine.owed == left)
            }
        }
    }

    @Test func `an exchange that is sent while another one runs waits for it`() throws {
        var machine = SessionMachine()
        for number in 0..<1_000 {
            machine.sent(number % 2 == 0 ? .statement([.execute]) : .simple)
            guard number >= 3 else { continue }
            let isSimple = (number - 3) % 2 == 1
            let messages: [Message] =
                isSimple
                ? [.columns, .row, .complete("SELECT 1"), .ready]
                : [.bindComplete, .row, .complete("SELECT 1"), .ready]
            for message in messages { _ = try machine.received(message.tag, message.body.span.bytes) }
            #expect(machine.owed == 3)
        }
    }

    @Test func `the simple protocol with several results`() throws {
        try run([
            .sent(.simple), .got(.complete("CREATE TABLE"), .completed("CREATE TABLE")),
            .got(.columns, .columns), .got(.row, .row), .got(.complete("SELECT 1"), .completed("SELECT 1")),
            .got(.columns, .columns), .got(.complete("SELECT 0"), .completed("SELECT 0")),
            .got(.ready, .finished(.idle)),
        ])
    }

    @Test func `the simple protocol with an empty query and with an error`() throws {
        try run([.sent(.simple), .got(.emptyQuery, .completed("")), .got(.ready, .finished(.idle))])
        try run([
            .sent(.simple), .got(.columns, .columns), .got(.row, .row), .got(.error, .failed),
            .got(.ready, .finished(.idle)),
        ])
    }

    @Test func `a COPY from the client`() throws {
        try run([
            .sent(.simple), .got(.copyIn, .copyIn(.sample)), .copyEnd,
            .got(.complete("COPY 3"), .completed("COPY 3")), .got(.ready, .finished(.idle)),
        ])
        try run([
            .sent(.statement([.parse, .execute])), .got(.parseComplete, .parsed), .got(.bindComplete, .none),
            .got(.copyIn, .copyIn(.sample)), .copyEnd, .got(.complete("COPY 3"), .completed("COPY 3")),
            .got(.ready, .finished(.idle)),
        ])
    }

    @Test func `a COPY from the client that the server breaks off`() throws {
        try run([
            .sent(.simple), .got(.copyIn, .copyIn(.sample)), .got(.error, .failed),
            .copyEnd, .got(.ready, .finished(.idle)),
        ])
        try run([
            .sent(.simple), .got(.copyIn, .copyIn(.sample)), .copyEnd, .got(.error, .failed),
            .got(.ready, .finished(.idle)),
        ])
    }

    @Test func `a COPY to the client`() throws {
        try run([
            .sent(.simple), .got(.copyOut, .copyOut(.sample)), .got(.copyData, .copyData),
            .got(.copyData, .copyData), .got(.copyDone, .copyDone),
            .got(.complete("COPY 2"), .completed("COPY 2")),
            .got(.columns, .columns), .got(.complete("SELECT 0"), .completed("SELECT 0")),
            .got(.ready, .finished(.idle)),
        ])
        try run([
            .sent(.simple), .got(.copyOut, .copyOut(.sample)), .got(.copyData, .copyData),
            .got(.error, .failed),
            .got(.ready, .finished(.idle)),
        ])
    }

    @Test func `notices, parameters and notifications come at any time`() throws {
        let parameter = SessionMachine.Action.parameter(
            try Message.parameterStatus.read { (body) throws(WireFault) in try ParameterStatus(body) })
        let notification = SessionMachine.Action.notification(
            try Message.notification.read { (body) throws(WireFault) in try NotificationResponse(body) })
        let always: [Step] = [
            .got(.notice, .noticed), .got(.parameterStatus, parameter), .got(.notification, notification),
        ]
        let exchange: [Step] = [
            .sent(.statement([.parse, .describe, .execute], closes: 1)), .got(.closeComplete, .none),
            .got(.parseComplete, .parsed), .got(.parameters, .parameterTypes), .got(.columns, .columns),
            .got(.bindComplete, .none), .got(.row, .row), .got(.complete("SELECT 1"), .completed("SELECT 1")),
            .got(.ready, .finished(.idle)), .sent(.simple), .got(.error, .failed),
            .got(.ready, .finished(.idle)),
            .sent(.simple), .got(.copyOut, .copyOut(.sample)), .got(.copyData, .copyData),
            .got(.copyDone, .copyDone), .got(.complete("COPY 1"), .completed("COPY 1")),
            .got(.ready, .finished(.idle)),
        ]
        try run(always + exchange.flatMap { [$0] + always })
    }

    @Test func `rows may be taken only where rows are`() throws {
        var machine = SessionMachine()
        #expect(!machine.takesRows)
        machine.sent(.statement([.parse, .describe, .execute]))
        var takes: [Bool] = []
        for message in [
            Message.parseComplete, .parameters, .columns, .bindComplete, .row, .complete("SELECT 1"), .ready,
        ] {
            _ = try machine.received(message.tag, message.body.span.bytes)
            takes.append(machine.takesRows)
        }
        #expect(takes == [false, false, false, true, true, false, false])
    }

    @Test func `the server ends the session`() throws {
        let idle = try run([.got(.fatal, .terminated)])
        #expect(idle.hasEnded)
        let busy = try run([.sent(.simple), .got(.columns, .columns), .got(.fatal, .terminated)])
        #expect(busy.hasEnded)
        #expect(busy.owed == 1)
        let outOfTurn = try run([.got(.error, .terminated(.sample("ERROR", "22012")))])
        #expect(outOfTurn.hasEnded)
    }
}
