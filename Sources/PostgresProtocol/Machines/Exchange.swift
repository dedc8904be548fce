/// A group of messages that was sent and ends with one ReadyForQuery: what is owed for it.
public struct Exchange: Sendable, Equatable {
    /// What was sent for one statement of the extended protocol.
    public struct Steps: OptionSet, Sendable {
        /// The steps as bits.
        public let rawValue: UInt8

        /// Combines steps.
        @inlinable
        public init(rawValue: UInt8) { self.rawValue = rawValue }

        /// A Parse.
        @inlinable public static var parse: Steps { Steps(rawValue: 1) }
        /// A Describe of the statement.
        @inlinable public static var describe: Steps { Steps(rawValue: 2) }
        /// A Bind and an Execute.
        @inlinable public static var execute: Steps { Steps(rawValue: 4) }
        /// An Execute of a portal that is bound already, in place of `execute`.
        @inlinable public static var resume: Steps { Steps(rawValue: 8) }
        /// The Execute has a row limit, so that the server may suspend the portal.
        @inlinable public static var limited: Steps { Steps(rawValue: 16) }

        /// Whether the server answers to any of them.
        var owesAnything: Bool { !isDisjoint(with: [.parse, .describe, .execute, .resume]) }
    }

    enum Content: Sendable, Equatable {
        case simple
        case single(Steps)
        case batch([Steps])
    }

    let content: Content
    let closes: Int

    /// One statement of the extended protocol and a Sync, after `closes` Close messages.
    @inlinable
    public static func statement(_ steps: Steps, closes: Int = 0) -> Exchange {
        Exchange(single: steps, closes: closes)
    }

    /// Several statements of the extended protocol and one Sync: one implicit transaction.
    public static func batch(_ statements: [Steps], closes: Int = 0) -> Exchange {
        Exchange(content: .batch(statements), closes: closes)
    }

    /// A Query of the simple protocol.
    public static var simple: Exchange { Exchange(content: .simple, closes: 0) }

    @usableFromInline
    init(single steps: Steps, closes: Int) { self.init(content: .single(steps), closes: closes) }

    private init(content: Content, closes: Int) {
        self.content = content
        self.closes = closes
    }

    func steps(_ index: Int) -> Steps? {
        switch content {
        case .simple: nil
        case .single(let steps): index == 0 ? steps : nil
        case .batch(let statements): index < statements.count ? statements[index] : nil
        }
    }
}
