import PostgresProtocol
import TestSupport
import Testing

@Suite struct FrontendMessageTests {
    private func bytes(_ write: (inout ByteWriter) -> Void) -> [UInt8] {
        var writer = ByteWriter()
        write(&writer)
        return writer.written
    }

    @Test func `StartupMessage`() {
        let message = bytes {
            $0.appendStartup(
                version: .v30,
                parameters: [(name: "user", value: "app"), (name: "database", value: "")])
        }
        #expect(message == hex("0000001c 00030000 7573657200 61707000 646174616261736500 00 00"))
    }

    @Test func `SSLRequest and CancelRequest`() throws {
        #expect(bytes { $0.appendSSLRequest() } == hex("00000008 04d2162f"))
        let body = hex("00001234 deadbeef")
        let key = try BackendKey(body.span.bytes)
        #expect(bytes { $0.appendCancelRequest(key) } == hex("00000010 04d2162e 00001234 deadbeef"))
        let longBody = hex("00000001") + [UInt8](repeating: 0xab, count: 256)
        let longKey = try BackendKey(longBody.span.bytes)
        #expect(
            bytes { $0.appendCancelRequest(longKey) }
                == hex("0000010c 04d2162e 00000001") + [UInt8](repeating: 0xab, count: 256))
    }

    @Test func `PasswordMessage and the messages of SASL`() {
        #expect(bytes { $0.appendPassword("pw") } == hex("70 00000007 707700"))
        #expect(
            bytes { $0.appendSASLInitialResponse(mechanism: "SCRAM-SHA-256", data: [1, 2]) }
                == hex("70 00000018 534352414d2d5348412d32353600 00000002 0102"))
        #expect(bytes { $0.appendSASLResponse([3]) } == hex("70 00000005 03"))
    }

    @Test func `Query and Parse`() {
        #expect(bytes { $0.appendQuery("é") } == hex("51 00000007 c3a900"))
        #expect(
            bytes { $0.appendParse(statement: "s1", sql: "select $1", parameterTypes: [23, 4_294_967_295]) }
                == hex("50 0000001b 733100 73656c65637420243100 0002 00000017 ffffffff"))
        #expect(
            bytes { $0.appendParse(statement: "", sql: "", parameterTypes: []) }
                == hex("50 00000008 00 00 0000"))
    }

    @Test func `Bind with one format for all and with one each`() {
        let fields = hex("00000004 00000007 ffffffff")
        let allBinary = bytes {
            $0.appendBind(
                statement: "s1", formats: [], parameterCount: 2, fields: fields.span.bytes,
                resultFormat: .binary)
        }
        #expect(
            allBinary == hex("42 0000001e 00 733100 0001 0001 0002 00000004 00000007 ffffffff 0001 0001"))
        let each = bytes {
            $0.appendBind(
                statement: "", formats: [.text, .binary], parameterCount: 2, fields: fields.span.bytes,
                resultFormat: .text)
        }
        #expect(
            each == hex("42 0000001e 00 00 0002 0000 0001 0002 00000004 00000007 ffffffff 0001 0000"))
    }

    @Test func `Bind of the most parameters there can be`() {
        let fields = [UInt8](repeating: 0xff, count: 4 * 65_535)
        let message = bytes {
            $0.appendBind(
                statement: "", formats: [], parameterCount: FrontendLimits.maximumParameters,
                fields: fields.span.bytes, resultFormat: .binary)
        }
        #expect(Array(message[..<13]) == hex("42 0004000c 00 00 0001 0001 ffff"))
        #expect(message.count == 262_157)
    }

    @Test func `Describe, Execute, Close, Sync and Terminate`() {
        #expect(bytes { $0.appendDescribe(statement: "s1") } == hex("44 00000008 53 733100"))
        #expect(bytes { $0.appendExecute() } == hex("45 00000009 00 00000000"))
        #expect(bytes { $0.appendExecute(maximumRows: 50) } == hex("45 00000009 00 00000032"))
        #expect(bytes { $0.appendClose(statement: "s1") } == hex("43 00000008 53 733100"))
        #expect(bytes { $0.appendSync() } == hex("53 00000004"))
        #expect(bytes { $0.appendTerminate() } == hex("58 00000004"))
    }

    @Test func `the messages of COPY`() {
        let data = hex("0102")
        #expect(bytes { $0.appendCopyData(data.span.bytes) } == hex("64 00000006 0102"))
        let open = bytes {
            let position = $0.beginCopyData()
            $0.append(UInt8(5))
            $0.endMessage(at: position)
        }
        #expect(open == hex("64 00000005 05"))
        #expect(bytes { $0.appendCopyDone() } == hex("63 00000004"))
        #expect(bytes { $0.appendCopyFail("no") } == hex("66 00000007 6e6f00"))
    }

    @Test func `a zero byte in a text is seen`() {
        #expect("a\0b".holdsZeroByte)
        #expect("\0".holdsZeroByte)
        #expect(!"".holdsZeroByte)
        #expect(!"é\u{1}".holdsZeroByte)
    }
}
