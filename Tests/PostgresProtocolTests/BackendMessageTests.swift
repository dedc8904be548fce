import PostgresProtocol
import TestSupport
import Testing

/// Every message of a server, decoded from bytes laid out as the manual does.
@Suite struct BackendMessageTests {
    @Test(arguments: [
        ("00000000", AuthenticationRequest.ok),
        ("00000003", .cleartextPassword),
        ("00000005 01020304", .md5Password(salt: [1, 2, 3, 4])),
        (
            "0000000a 534352414d2d5348412d3235362d504c555300 534352414d2d5348412d32353600 00",
            .sasl(mechanisms: ["SCRAM-SHA-256-PLUS", "SCRAM-SHA-256"])
        ),
        ("0000000a 00", .sasl(mechanisms: [])),
        ("0000000b 723d78", .saslContinue([0x72, 0x3d, 0x78])),
        ("0000000c", .saslFinal([])),
        ("00000007", .unsupported(code: 7)),
        ("00000008 0102", .unsupported(code: 8)),
        ("ffffffff", .unsupported(code: -1)),
    ])
    func `Authentication`(body: String, expected: AuthenticationRequest) throws {
        let bytes = hex(body)
        #expect(try AuthenticationRequest(bytes.span.bytes) == expected)
    }

    @Test func `at most 16 SASL mechanisms are taken`() throws {
        let sixteen =
            hex("0000000a") + [UInt8](repeating: 0, count: 0) + hex(String(repeating: "6100", count: 16)) + [
                0
            ]
        guard case .sasl(let names) = try AuthenticationRequest(sixteen.span.bytes) else {
            Issue.record("not a list of mechanisms")
            return
        }
        #expect(names.count == 16)
        let seventeen = hex("0000000a") + hex(String(repeating: "6100", count: 17)) + [0]
        #expect(throws: WireFault.lengthOutOfRange(17, offset: 38)) {
            try AuthenticationRequest(seventeen.span.bytes)
        }
    }

    @Test func `BackendKeyData has a secret of 4 to 256 bytes`() throws {
        let short = hex("00001234 01020304")
        let key = try BackendKey(short.span.bytes)
        #expect(key.processID == 4_660)
        #expect(key.secret == [1, 2, 3, 4])
        let long = hex("00001234") + [UInt8](repeating: 7, count: 256)
        #expect(try BackendKey(long.span.bytes).secret.count == 256)
        for count in [0, 3, 257] {
            let wrong = hex("00001234") + [UInt8](repeating: 7, count: count)
            #expect(throws: WireFault.lengthOutOfRange(count, offset: 4)) { try BackendKey(wrong.span.bytes) }
        }
    }

    @Test(arguments: [
        ("INSERT 0 5", 5, "INSERT"), ("SELECT 0", 0, "SELECT"), ("CREATE TABLE", nil, "CREATE TABLE"),
        ("COPY 10", 10, "COPY"), ("BEGIN", nil, "BEGIN"), ("", nil, ""), ("FETCH 3", 3, "FETCH"),
        ("SELECT 99999999999999999999", nil, "SELECT"), ("SELECT -5", nil, "SELECT -5"),
        ("SELECT +5", nil, "SELECT +5"), ("SELECT ", nil, "SELECT"),
    ])
    func `CommandComplete`(text: String, rows: Int?, command: String) throws {
        let bytes = Array(text.utf8) + [0]
        let tag = try CommandTag(bytes.span.bytes)
        #expect(tag.text == text)
        #expect(tag.rows == rows)
        #expect(tag.command == command)
    }

    @Test func `CopyInResponse and CopyOutResponse`() throws {
        let binary = hex("01 0002 0001 0000")
        let response = try CopyResponse(binary.span.bytes)
        #expect(response.format == .binary)
        #expect(response.columns == [.binary, .text])
        let text = hex("00 0001 0000")
        #expect(try CopyResponse(text.span.bytes).columns == [.text])
        let none = hex("00 0000")
        #expect(try CopyResponse(none.span.bytes).columns == [])
    }

    @Test(arguments: [
        ("02 0000", WireFault.unknownCode(2, offset: 0)), ("00 0001 0001", .unknownCode(1, offset: 3)),
        ("01 0001 0002", .unknownCode(2, offset: 3)), ("01 0001 ffff", .unknownCode(-1, offset: 3)),
        ("01 0002 0001", .lengthOutOfRange(2, offset: 1)),
        ("01 ffff 0001", .lengthOutOfRange(65_535, offset: 1)),
        ("01 0000 0001", .lengthOutOfRange(0, offset: 1)),
    ])
    func `a COPY response that lies`(body: String, fault: WireFault) {
        let bytes = hex(body)
        #expect(throws: fault) { try CopyResponse(bytes.span.bytes) }
    }

    @Test func `ErrorResponse with every field`() throws {
        let text =
            "SFEHLER\0VERROR\0C22012\0Mdivision by zero\0Ddetail\0Hhint\0P8\0p9\0qselect\0Wcontext\0sschema\0"
            + "ttable\0ccolumn\0dtype\0nconstraint\0Fint.c\0L841\0Rint4div\0Zunknown\0\0"
        let bytes = Array(text.utf8)
        let fields = try DiagnosticFields(bytes.span.bytes)
        #expect(fields.localizedSeverity == "FEHLER")
        #expect(fields.severity == "ERROR")
        #expect(fields.sqlState == "22012")
        #expect(fields.message == "division by zero")
        #expect(fields.detail == "detail")
        #expect(fields.hint == "hint")
        #expect(fields.position == 8)
        #expect(fields.internalPosition == 9)
        #expect(fields.internalQuery == "select")
        #expect(fields.context == "context")
        #expect(fields.schemaName == "schema")
        #expect(fields.tableName == "table")
        #expect(fields.columnName == "column")
        #expect(fields.dataTypeName == "type")
        #expect(fields.constraintName == "constraint")
        #expect(fields.file == "int.c")
        #expect(fields.line == 841)
        #expect(fields.routine == "int4div")
        #expect(!fields.isFatal)
    }

    @Test func `a server without the severity in English, and texts that are not UTF-8`() throws {
        let bytes = hex("53 464154414c 00 4d 61ff 00 50 2d35 00 00")
        let fields = try DiagnosticFields(bytes.span.bytes)
        #expect(fields.severity == "FATAL")
        #expect(fields.isFatal)
        #expect(fields.message == "a\u{fffd}")
        #expect(fields.position == nil)
        #expect(fields.sqlState == "")
    }

    @Test func `RowDescription`() throws {
        let bytes = hex(
            """
            0002
            696400 00004000 0001 00000017 0004 ffffffff 0001
            c3a900 00000000 0000 00000413 ffff 00000009 0000
            """)
        let fields = try FieldDescription.list(rowDescription: bytes.span.bytes)
        #expect(fields.count == 2)
        #expect(fields[0].name == "id")
        #expect(fields[0].tableOID == 16_384)
        #expect(fields[0].attributeNumber == 1)
        #expect(fields[0].typeOID == 23)
        #expect(fields[0].typeSize == 4)
        #expect(fields[0].typeModifier == -1)
        #expect(fields[0].format == .binary)
        #expect(fields[1].name == "é")
        #expect(fields[1].typeOID == 1_043)
        #expect(fields[1].typeSize == -1)
        #expect(fields[1].typeModifier == 9)
        #expect(fields[1].format == .text)
        let none = hex("0000")
        #expect(try FieldDescription.list(rowDescription: none.span.bytes).isEmpty)
    }

    @Test(arguments: [
        ("0001", WireFault.lengthOutOfRange(1, offset: 0)),
        ("ffff 00 00000000 0000 00000000 0000 00000000 0000", .lengthOutOfRange(65_535, offset: 0)),
        ("0001 00 00000000 0000 00000000 0000 00000000 0002", .unknownCode(2, offset: 19)),
        ("0001 00 00000000 0000 00000000 0000 00000000 0000 00", .trailingBytes(count: 1, offset: 21)),
        ("0000 00", .trailingBytes(count: 1, offset: 2)),
        ("0001 6162636465666768696a6b6c6d6e6f707172737475", .unterminatedString(offset: 2)),
    ])
    func `a RowDescription that lies`(body: String, fault: WireFault) {
        let bytes = hex(body)
        #expect(throws: fault) { try FieldDescription.list(rowDescription: bytes.span.bytes) }
    }

    @Test func `a ParameterDescription`() throws {
        let bytes = hex("0002 00000017 fffffffe")
        #expect(try ParameterDescription.types(bytes.span.bytes) == [23, 4_294_967_294])
        let lying = hex("ffff 00000017")
        #expect(throws: WireFault.lengthOutOfRange(65_535, offset: 0)) {
            try ParameterDescription.types(lying.span.bytes)
        }
        let most = hex("ffff") + [UInt8](repeating: 0, count: 4 * 65_535)
        #expect(try ParameterDescription.types(most.span.bytes).count == 65_535)
    }

    @Test func `ParameterStatus and NotificationResponse`() throws {
        let status = try Message.parameterStatus.read { (body) throws(WireFault) in try ParameterStatus(body)
        }
        #expect(status.name == "TimeZone")
        #expect(status.value == "UTC")
        let notification = try Message.notification.read { (body) throws(WireFault) in
            try NotificationResponse(body)
        }
        #expect(notification.processID == 9)
        #expect(notification.channel == "jobs")
        #expect(notification.payload == "go")
        let foreign = hex("00000009 63 00 ff 00")
        #expect(try NotificationResponse(foreign.span.bytes).payload == "\u{fffd}")
    }

    @Test func `a NegotiateProtocolVersion`() throws {
        let bytes = hex("00030000 00000002 6100 6200")
        let answer = try NegotiateProtocolVersion(bytes.span.bytes)
        #expect(answer.minorVersion == 0)
        #expect(answer.unknownOptions == ["a", "b"])
        for lying in ["00030000 ffffffff", "00030000 7fffffff 00", "00030000 00000002 6100"] {
            let bytes = hex(lying)
            #expect(throws: WireFault.self) { try NegotiateProtocolVersion(bytes.span.bytes) }
        }
    }

    @Test func `ReadyForQuery`() throws {
        for (byte, status) in [
            (UInt8(ascii: "I"), TransactionStatus.idle), (UInt8(ascii: "T"), .inTransaction),
            (UInt8(ascii: "E"), .failed),
        ] {
            let bytes = [byte]
            #expect(try TransactionStatus(readyForQuery: bytes.span.bytes) == status)
        }
        let unknown = hex("58")
        #expect(throws: WireFault.unknownCode(88, offset: 0)) {
            try TransactionStatus(readyForQuery: unknown.span.bytes)
        }
    }

    @Test func `secrets are in no description and no mirror`() throws {
        let body = hex("00001234 deadbeef")
        let key = try BackendKey(body.span.bytes)
        #expect(String(describing: key) == "backend 4660")
        #expect(String(reflecting: key) == "backend 4660")
        var dumped = ""
        dump(key, to: &dumped)
        dump(AuthenticationRequest.md5Password(salt: [222, 173, 190, 239]), to: &dumped)
        dump(AuthenticationRequest.saslContinue(Array("r=secretnonce".utf8)), to: &dumped)
        #expect(!dumped.contains("222"))
        #expect(!dumped.contains("115"))
        #expect("\(AuthenticationRequest.saslContinue([1, 2, 3]))" == "sasl continue")
    }
}
