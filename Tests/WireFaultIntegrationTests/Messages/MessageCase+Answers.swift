import TestSupport

/// Faults in the answer to a statement.
extension MessageCase {
    private static let messages = [
        ("ParseComplete", 1), ("ParameterDescription", 1), ("RowDescription", 1), ("BindComplete", 1),
        ("DataRow", 3), ("CommandComplete", 1), ("ReadyForQuery", 2),
    ]

    /// Every message of an answer twice, never, or behind the next one.
    static let disorder: [MessageCase] =
        messages.map { MessageCase("\($0) twice", .refused, .duplicate($0, $1)) }
        + messages.map { name, number in
            // Without it nothing says that the answer is over.
            MessageCase(
                "\(name) lost", name == "ReadyForQuery" ? .deadline : .refused, .drop(name, number))
        }
        + [
            MessageCase("ParseComplete late", .refused, .swap("ParseComplete")),
            MessageCase("ParameterDescription late", .refused, .swap("ParameterDescription")),
            MessageCase("RowDescription late", .refused, .swap("RowDescription")),
            MessageCase("BindComplete late", .refused, .swap("BindComplete")),
            MessageCase("last DataRow late", .refused, .swap("DataRow", 5)),
            MessageCase("CommandComplete late", .refused, .swap("CommandComplete")),
            MessageCase("ReadyForQuery late", .deadline, .swap("ReadyForQuery", 2)),
            MessageCase("two DataRows swapped", .answer, .swap("DataRow", 3)),
        ]

    /// Messages from nowhere.
    static let strays: [MessageCase] = [
        MessageCase("type 0xff between rows", .refused, stray("ff 00000004")),
        MessageCase("type 0x00 between rows", .refused, stray("00 00000004")),
        MessageCase("a client's message between rows", .refused, stray("42 00000004")),
        MessageCase("zeros between rows", .refused, stray("0000000000000000")),
        MessageCase("ReadyForQuery between rows", .refused, stray("5a 00000005 49")),
        MessageCase("CommandComplete between rows", .refused, stray("43 0000000d 53454c454354203200")),
        MessageCase("RowDescription between rows", .refused, stray("54 00000006 0000")),
        MessageCase("BindComplete between rows", .refused, stray("32 00000004")),
        MessageCase("CopyInResponse between rows", .refused, stray("47 00000007 00 0000")),
        MessageCase("CopyData between rows", .refused, stray("64 00000005 41")),
        MessageCase("PortalSuspended between rows", .refused, stray("73 00000004")),
        MessageCase("EmptyQueryResponse between rows", .refused, stray("49 00000004")),
        MessageCase("Authentication between rows", .refused, stray("52 00000008 00000000")),
        MessageCase("a request for the password between rows", .refused, stray("52 00000008 00000003")),
        MessageCase("BackendKeyData between rows", .refused, stray("4b 0000000c 00000001 00000002")),
        MessageCase("NegotiateProtocolVersion between rows", .refused, stray("76 0000000c 0000000000000000")),
        MessageCase("a row too short", .refused, stray("44 00000006 0000")),
        MessageCase("a row with a negative length", .refused, stray("44 0000000a 0001 fffffffe")),
        MessageCase("a row longer than its message", .refused, stray("44 0000000a 0001 00000008")),
        MessageCase("one more row", .refused, stray("44 00000012 0001 00000008 0000000000000009")),
        MessageCase("a notice without end", .refused, stray("4e 00000006 4d41")),
        MessageCase("ReadyForQuery with an unknown state", .refused, stray("5a 00000005 58")),
        MessageCase("a row after the answer", .refused, late("44 00000006 0000")),
        MessageCase("CommandComplete after the answer", .refused, late("43 0000000d 53454c454354203200")),
        MessageCase(
            "an error after the answer", .refused,
            late("45 0000001a 534552524f5200433041303030004d73747261790000")),
        MessageCase("a whole answer after the answer", .refused, late("49 00000004 5a 00000005 49")),
        MessageCase("garbage after the answer", .refused, late("485454502f312e3120343030")),
        MessageCase(
            "a notice between rows", .answer,
            stray("4e 0000001b 534e4f5449434500433030303030004d68656c6c6f0000")),
        MessageCase("a parameter between rows", .answer, stray("53 0000000a 616200636300")),
        MessageCase("a notification between rows", .answer, stray("41 0000000d 0000000763006c6f00")),
    ]

    private static func stray(_ bytes: String) -> Fault {
        .insert(hex(bytes), .before("DataRow", 3))
    }

    private static func late(_ bytes: String) -> Fault { .insert(hex(bytes), .after("ReadyForQuery", 2)) }
}
