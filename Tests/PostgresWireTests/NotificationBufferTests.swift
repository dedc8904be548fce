import Testing

@testable import PostgresWire

/// What a slow consumer keeps and what it is told of the rest.
@Suite struct NotificationBufferTests {
    private func message(_ payload: String) -> PostgresNotificationEvent {
        .notification(PostgresNotification(channel: "a", payload: payload, processID: 1))
    }

    @Test func `events come out in order`() {
        var buffer = NotificationBuffer(capacity: 3)
        #expect(buffer.isEmpty)
        #expect(buffer.push(message("1")) == false)
        #expect(buffer.push(.gap(.started)) == false)
        #expect(buffer.takeAll() == [message("1"), .gap(.started)])
        #expect(buffer.isEmpty)
        #expect(buffer.takeAll() == [])
    }

    @Test func `a full buffer loses the oldest events and says how many`() {
        var buffer = NotificationBuffer(capacity: 3)
        for number in 1...3 { #expect(buffer.push(message("\(number)")) == false) }
        for number in 4...5 { #expect(buffer.push(message("\(number)")) == true) }
        #expect(
            buffer.takeAll() == [.gap(.overflow(dropped: 2)), message("3"), message("4"), message("5")])
        #expect(buffer.push(message("6")) == false)
        #expect(buffer.takeAll() == [message("6")])
    }

    @Test func `a gap that is lost is covered by the overflow`() {
        var buffer = NotificationBuffer(capacity: 1)
        buffer.push(.gap(.connectionLost))
        #expect(buffer.push(message("1")) == true)
        #expect(buffer.takeAll() == [.gap(.overflow(dropped: 0)), message("1")])
    }

    @Test func `names and payloads are checked at their limits`() {
        #expect(NotificationLimits.takes(channel: String(repeating: "c", count: 63)))
        #expect(NotificationLimits.takes(channel: String(repeating: "c", count: 64)) == false)
        #expect(NotificationLimits.takes(channel: "") == false)
        #expect(NotificationLimits.takes(channel: "a\0b") == false)
        #expect(throws: Never.self) {
            try NotificationLimits.check(channel: "a", payload: String(repeating: "p", count: 7_999))
        }
        #expect(throws: PostgresError.self) {
            try NotificationLimits.check(channel: "a", payload: String(repeating: "p", count: 8_000))
        }
        #expect(throws: PostgresError.self) {
            try NotificationLimits.check(channel: String(repeating: "é", count: 32), payload: "")
        }
        #expect(throws: PostgresError.self) { try NotificationLimits.check(channel: "a", payload: "\0") }
    }
}
