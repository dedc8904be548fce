import PostgresWire
import TestSupport

/// Faults of logins, COPY, pipelines, of the client's half, of the network, and of the way to TLS.
extension MessageCase {
    static let logins: [MessageCase] = [
        MessageCase("request for SASL twice", .refused, .duplicate("Authentication", 1)),
        MessageCase("SASL challenge twice", .error, .duplicate("Authentication", 2)),
        MessageCase("server's proof twice", .error, .duplicate("Authentication", 3)),
        MessageCase("AuthenticationOk twice", .refused, .duplicate("Authentication", 4)),
        MessageCase("request for SASL lost", .deadline, .drop("Authentication", 1)),
        MessageCase("SASL challenge lost", .deadline, .drop("Authentication", 2)),
        MessageCase("server's proof lost", .error, .drop("Authentication", 3)),
        MessageCase("AuthenticationOk lost", .refused, .drop("Authentication", 4)),
        MessageCase("server's proof late", .error, .swap("Authentication", 3)),
        MessageCase("AuthenticationOk late", .refused, .swap("Authentication", 4)),
        MessageCase(
            "AuthenticationOk at once", .error,
            .insert(hex("52 00000008 00000000"), .before("Authentication", 1))),
        MessageCase(
            "AuthenticationOk before the proof", .error,
            .insert(hex("52 00000008 00000000"), .before("Authentication", 3))),
        MessageCase("BackendKeyData twice", .refused, .duplicate("BackendKeyData")),
        MessageCase("BackendKeyData lost", .answer, .drop("BackendKeyData")),
        MessageCase("ParameterStatus twice", .answer, .duplicate("ParameterStatus", 2)),
        MessageCase("ParameterStatus lost", .answer, .drop("ParameterStatus", 2)),
        MessageCase("first ReadyForQuery twice", .refused, .duplicate("ReadyForQuery", 1)),
        MessageCase("first ReadyForQuery lost", .deadline, .drop("ReadyForQuery", 1)),
        MessageCase(
            "a row within the login", .refused, .insert(hex("44 00000006 0000"), .before("ReadyForQuery", 1))),
        MessageCase(
            "garbage in place of a login", .refused,
            .insert(Array("HTTP/1.1 400 Bad".utf8), .before("Authentication", 1))),
    ]

    static let copies: [MessageCase] = [
        MessageCase("CopyOutResponse twice", .refused, in: .copyOut, .duplicate("CopyOutResponse")),
        MessageCase("CopyOutResponse lost", .refused, in: .copyOut, .drop("CopyOutResponse")),
        MessageCase("CopyOutResponse late", .refused, in: .copyOut, .swap("CopyOutResponse")),
        MessageCase("CopyDone of the server twice", .refused, in: .copyOut, .duplicate("CopyDone")),
        MessageCase("CopyDone of the server lost", .refused, in: .copyOut, .drop("CopyDone")),
        MessageCase("COPY's CommandComplete lost", .refused, in: .copyOut, .drop("CommandComplete")),
        MessageCase("COPY data lost", .unseen, in: .copyOut, .drop("CopyData", 3)),
        MessageCase("a row of COPY lost", .error, in: .copyRows, .drop("CopyData", 3)),
        MessageCase("a row of COPY twice", .error, in: .copyRows, .duplicate("CopyData", 3)),
        MessageCase("header of COPY lost", .error, in: .copyRows, .drop("CopyData", 1)),
        MessageCase("end of COPY lost", .error, in: .copyRows, .drop("CopyData", 7)),
        MessageCase("CopyInResponse twice", .refused, in: .copyIn, .duplicate("CopyInResponse")),
        MessageCase("CopyInResponse lost", .deadline, in: .copyIn, .drop("CopyInResponse")),
        MessageCase(
            "CommandComplete before the data", .refused, in: .copyIn,
            .insert(hex("43 0000000b 434f5059203200"), .after("CopyInResponse", 1))),
        MessageCase("COPY in: CommandComplete lost", .refused, in: .copyIn, .drop("CommandComplete", 2)),
        MessageCase("COPY in: ReadyForQuery lost", .deadline, in: .copyIn, .drop("ReadyForQuery", 3)),
        MessageCase("client's CopyDone lost", .deadline, in: .copyIn, .drop("CopyDone", of: .client)),
    ]

    static let exchanges: [MessageCase] = [
        MessageCase(
            "pipeline: second ReadyForQuery twice", .refused, in: .pipeline, .duplicate("ReadyForQuery", 3)),
        MessageCase("pipeline: first ReadyForQuery lost", .refused, in: .pipeline, .drop("ReadyForQuery", 2)),
        MessageCase("pipeline: error lost", .refused, in: .pipeline, .drop("ErrorResponse")),
        MessageCase("pipeline: error twice", .refused, in: .pipeline, .duplicate("ErrorResponse")),
        MessageCase("batch: a CommandComplete twice", .refused, in: .batch, .duplicate("CommandComplete", 2)),
        MessageCase("batch: a CommandComplete lost", .refused, in: .batch, .drop("CommandComplete", 2)),
        MessageCase("script: a row lost", .refused, in: .script, .drop("DataRow", 1)),
        MessageCase("script: a row twice", .refused, in: .script, .duplicate("DataRow", 1)),
        MessageCase("script: columns lost", .refused, in: .script, .drop("RowDescription", 1)),
        MessageCase("script: columns twice", .refused, in: .script, .duplicate("RowDescription", 1)),
        MessageCase("script: a result twice", .unseen, in: .script, .duplicate("CommandComplete", 2)),
        MessageCase("stream: a row lost", .refused, in: .stream, .drop("DataRow", 20)),
        MessageCase("stream: a row twice", .refused, in: .stream, .duplicate("DataRow", 40)),
        MessageCase("error lost", .refused, in: .serverError, .drop("ErrorResponse")),
        MessageCase("error twice", .refused, in: .serverError, .duplicate("ErrorResponse")),
        MessageCase("client's Sync lost", .deadline, .drop("Sync", of: .client)),
        MessageCase("client's Sync twice", .refused, .duplicate("Sync", of: .client)),
        MessageCase("client's Execute lost", .refused, .drop("Execute", of: .client)),
        MessageCase("client's Bind lost", .error, .drop("Bind", of: .client)),
        MessageCase("client's Bind behind its Execute", .error, .swap("Bind", of: .client)),
        MessageCase("client's Parse of 2 GiB", .error, .length(0x7fff_ffff, of: "Parse", by: .client)),
    ]

    static let networks: [MessageCase] = Conversation.all.flatMap { conversation in
        [
            MessageCase(
                "single bytes", .answer, in: conversation, .split(into: 1), .split(into: 1, of: .client)),
            MessageCase("in pieces of 7", .answer, in: conversation, .split(into: 7)),
            MessageCase("all in one piece", .answer, in: conversation, .coalesce(.milliseconds(5))),
            MessageCase(
                "late", .answer, in: conversation, .delay(.milliseconds(2), jitter: .milliseconds(2))),
            MessageCase(
                "one stall", .answer, in: conversation,
                .stall(.inside("ReadyForQuery", 2), for: .milliseconds(50))),
            MessageCase("half closed", .error, in: conversation, .halfClose(.inside("ReadyForQuery", 2))),
            MessageCase("reset", .error, in: conversation, .cut(.inside("CommandComplete", 1), .reset)),
            MessageCase(
                "cut behind the login", .error, in: conversation, .cut(.after("ReadyForQuery", 1), .finish)),
        ]
    }

    static let encryption: [MessageCase] = [
        MessageCase("TLS stripped, require", .error, .stripEncryption, mode: .require),
        MessageCase("TLS stripped, prefer", .answer, .stripEncryption, mode: .prefer),
        MessageCase("bytes behind the answer, require", .error, injection, mode: .require),
        MessageCase("bytes behind the answer, prefer", .error, injection, mode: .prefer),
        MessageCase("an error for an answer, require", .error, .errorBeforeEncryption, mode: .require),
        MessageCase("an error for an answer, prefer", .error, .errorBeforeEncryption, mode: .prefer),
        MessageCase("garbage for an answer, require", .error, .garbageBeforeEncryption, mode: .require),
        MessageCase("garbage for an answer, prefer", .error, .garbageBeforeEncryption, mode: .prefer),
    ]

    private static let injection = Fault.injectBeforeEncryption(
        hex("52 00000008 00000000 5a 00000005 49"))
}
