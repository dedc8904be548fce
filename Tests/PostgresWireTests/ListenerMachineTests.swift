import Testing

@testable import PostgresWire

/// The machine of the connection that listens, step by step and without a clock.
@Suite struct ListenerMachineTests {
    private func listening(to channels: [String]) -> ListenerMachine {
        var machine = ListenerMachine()
        for (number, channel) in channels.enumerated() {
            #expect(machine.subscribed(number + 1, to: channel) == nil)
        }
        #expect(machine.step(now: .zero) == .connect)
        machine.connected(now: .zero)
        _ = machine.step(now: .zero)
        _ = machine.ran(now: .zero)
        return machine
    }

    @Test func `without consumers nothing is opened`() {
        var machine = ListenerMachine()
        #expect(machine.step(now: .seconds(100)) == .wait(until: nil))
        #expect(machine.isConnected == false)
    }

    @Test func `the first consumer of a channel makes the server listen and is told when it does`() {
        var machine = ListenerMachine()
        #expect(machine.subscribed(1, to: "a") == nil)
        #expect(machine.step(now: .zero) == .connect)
        #expect(machine.step(now: .zero) == .wait(until: nil))
        machine.connected(now: .zero)
        #expect(machine.step(now: .zero) == .run(listen: ["a"], unlisten: []))
        #expect(machine.ran(now: .seconds(1)) == [.init(consumer: 1, gap: .started)])
        #expect(machine.step(now: .seconds(1)) == .wait(until: .seconds(3)))
    }

    @Test func `a second consumer of a channel costs no command`() {
        var machine = listening(to: ["a"])
        #expect(machine.subscribed(2, to: "a") == .started)
        #expect(machine.step(now: .zero) == .wait(until: .seconds(2)))
        #expect(machine.received(on: "a").consumers == [1, 2])
    }

    @Test func `only the last consumer of a channel ends the listening`() {
        var machine = listening(to: ["a", "a", "b"])
        machine.ended(1, now: .zero)
        #expect(machine.step(now: .zero) == .wait(until: .seconds(2)))
        machine.ended(2, now: .zero)
        #expect(machine.step(now: .zero) == .run(listen: [], unlisten: ["a"]))
        #expect(machine.ran(now: .zero) == [])
        #expect(machine.channelCount == 1)
    }

    @Test func `changes of many consumers go in one command`() {
        var machine = listening(to: ["a", "b"])
        machine.ended(1, now: .zero)
        machine.ended(2, now: .zero)
        _ = machine.subscribed(8, to: "d")
        _ = machine.subscribed(9, to: "c")
        #expect(machine.step(now: .zero) == .run(listen: ["c", "d"], unlisten: ["a", "b"]))
    }

    @Test func `a consumer that comes while its channel is given up is told after the new LISTEN`() {
        var machine = listening(to: ["a"])
        machine.ended(1, now: .zero)
        #expect(machine.step(now: .zero) == .run(listen: [], unlisten: ["a"]))
        #expect(machine.subscribed(2, to: "a") == nil)
        #expect(machine.received(on: "a").notices == [])
        #expect(machine.ran(now: .zero) == [])
        #expect(machine.step(now: .zero) == .run(listen: ["a"], unlisten: []))
        #expect(machine.ran(now: .zero) == [.init(consumer: 2, gap: .started)])
    }

    @Test func `a message that overtakes the answer to LISTEN comes after the gap`() {
        var machine = ListenerMachine()
        _ = machine.subscribed(1, to: "a")
        _ = machine.step(now: .zero)
        machine.connected(now: .zero)
        _ = machine.step(now: .zero)
        let (consumers, notices) = machine.received(on: "a")
        #expect(consumers == [1])
        #expect(notices == [.init(consumer: 1, gap: .started)])
        #expect(machine.ran(now: .zero) == [])
    }

    @Test func `a lost connection is replaced after a pause and every consumer is told once`() {
        var machine = listening(to: ["a", "b"])
        machine.lost(now: .seconds(1), jitter: 1)
        machine.lost(now: .seconds(1), jitter: 1)
        #expect(machine.step(now: .seconds(1)) == .wait(until: .milliseconds(1_050)))
        #expect(machine.step(now: .milliseconds(1_050)) == .connect)
        machine.connected(now: .seconds(2))
        #expect(machine.step(now: .seconds(2)) == .run(listen: ["a", "b"], unlisten: []))
        #expect(
            machine.ran(now: .seconds(2)) == [
                .init(consumer: 1, gap: .connectionLost), .init(consumer: 2, gap: .connectionLost),
            ])
    }

    @Test func `a consumer that was never told that it started is not told of a loss`() {
        var machine = ListenerMachine()
        _ = machine.subscribed(1, to: "a")
        _ = machine.step(now: .zero)
        machine.connected(now: .zero)
        machine.lost(now: .zero, jitter: 1)
        _ = machine.step(now: .seconds(1))
        machine.connected(now: .seconds(1))
        _ = machine.step(now: .seconds(1))
        #expect(machine.ran(now: .seconds(1)) == [.init(consumer: 1, gap: .started)])
    }

    @Test func `pauses double up to a second and are halved at most by chance`() {
        var machine = ListenerMachine()
        _ = machine.subscribed(1, to: "a")
        var now = Duration.zero
        var pauses: [Duration] = []
        for attempt in 0..<7 {
            #expect(machine.step(now: now) == .connect)
            machine.connectingFailed(now: now, jitter: attempt == 0 ? 0 : 1)
            guard case .wait(let until?) = machine.step(now: now) else { break }
            pauses.append(until - now)
            now = until
        }
        #expect(
            pauses == [
                .milliseconds(25), .milliseconds(100), .milliseconds(200), .milliseconds(400),
                .milliseconds(800), .milliseconds(1_000), .milliseconds(1_000),
            ])
    }

    @Test func `a listening that succeeds makes the pauses short again`() {
        var machine = ListenerMachine()
        _ = machine.subscribed(1, to: "a")
        for second in 0..<5 {
            _ = machine.step(now: .seconds(second * 10))
            machine.connectingFailed(now: .seconds(second * 10), jitter: 1)
        }
        _ = machine.step(now: .seconds(100))
        machine.connected(now: .seconds(100))
        _ = machine.step(now: .seconds(100))
        _ = machine.ran(now: .seconds(100))
        machine.lost(now: .seconds(100), jitter: 1)
        #expect(machine.step(now: .seconds(100)) == .wait(until: .milliseconds(100_050)))
    }

    @Test func `a silent connection is probed, and an answer counts as a sign of life`() {
        var machine = listening(to: ["a"])
        #expect(machine.step(now: .milliseconds(1_999)) == .wait(until: .seconds(2)))
        #expect(machine.step(now: .seconds(2)) == .probe)
        machine.probed(now: .milliseconds(2_100))
        #expect(machine.step(now: .milliseconds(2_100)) == .wait(until: .milliseconds(4_100)))
    }

    @Test func `the connection is kept for a moment after its last consumer and then closed`() {
        var machine = listening(to: ["a"])
        machine.ended(1, now: .seconds(1))
        #expect(machine.step(now: .seconds(1)) == .run(listen: [], unlisten: ["a"]))
        _ = machine.ran(now: .seconds(1))
        #expect(machine.step(now: .seconds(1)) == .wait(until: .seconds(11)))
        #expect(machine.step(now: .seconds(11)) == .disconnect)
        #expect(machine.isConnected == false)
        #expect(machine.step(now: .seconds(12)) == .wait(until: nil))
    }

    @Test func `after the end nothing happens any more`() {
        var machine = listening(to: ["a", "b"])
        #expect(machine.closed() == [1, 2])
        #expect(machine.step(now: .seconds(9)) == .finish)
        machine.lost(now: .seconds(9), jitter: 1)
        #expect(machine.step(now: .seconds(99)) == .finish)
        #expect(machine.consumerCount == 0)
    }
}
