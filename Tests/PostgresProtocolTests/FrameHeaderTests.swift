import PostgresProtocol
import TestSupport
import Testing

@Suite struct FrameHeaderTests {
    @Test func `a header is read from five bytes`() throws {
        let bytes = hex("5a 00000005 49")
        let header = try #require(try FrameHeader.read(bytes.span.bytes, limit: 100))
        #expect(header.tag == .readyForQuery)
        #expect(header.bodyBytes == 1)
    }

    @Test(arguments: 0...4)
    func `fewer than five bytes are no header yet`(count: Int) throws {
        let bytes = [UInt8](hex("5a 00000005").prefix(count))
        #expect(try FrameHeader.read(bytes.span.bytes, limit: 100) == nil)
    }

    @Test(arguments: Message.samples)
    func `lengths that no message can have are refused for every type`(message: Message) {
        let impossible = [
            "7fffffff", "40000000", "ffffffff", "80000000", "00000000", "00000001", "00000002", "00000003",
        ]
        for length in impossible {
            let bytes = [message.tag.rawValue] + hex(length)
            #expect(throws: WireFault.self, "\(message.tag) of length \(length)") {
                try FrameHeader.read(bytes.span.bytes, limit: FrameHeader.maximumBodyBytes)
            }
        }
    }

    @Test func `the largest length is 1 GiB less one, and one more is refused`() throws {
        let largest = hex("64 3fffffff")
        #expect(
            try FrameHeader.read(largest.span.bytes, limit: FrameHeader.maximumBodyBytes)?.bodyBytes
                == 1_073_741_819)
        let larger = hex("64 40000000")
        #expect(throws: WireFault.lengthOutOfRange(1_073_741_824, offset: 1)) {
            try FrameHeader.read(larger.span.bytes, limit: FrameHeader.maximumBodyBytes)
        }
    }

    @Test func `a limit holds at the limit and one past it`() throws {
        let atLimit = hex("44 00000068")
        #expect(try FrameHeader.read(atLimit.span.bytes, limit: 100)?.bodyBytes == 100)
        let pastLimit = hex("44 00000069")
        #expect(throws: WireFault.lengthOutOfRange(105, offset: 1)) {
            try FrameHeader.read(pastLimit.span.bytes, limit: 100)
        }
    }

    @Test(arguments: 0...255)
    func `only the 24 types of the manual are known`(code: UInt8) {
        let known = "RK23CdcGHWDIEVvnNAtS1sZT".utf8.contains(code)
        let bytes = [code] + hex("0fffffff")
        if known {
            #expect(BackendTag(rawValue: code) != nil)
        } else {
            #expect(throws: WireFault.unknownCode(Int(code), offset: 0)) {
                try FrameHeader.read(bytes.span.bytes, limit: FrameHeader.maximumBodyBytes)
            }
        }
    }

    @Test(arguments: [
        (BackendTag.readyForQuery, 1, 1), (.parseComplete, 0, 0), (.bindComplete, 0, 0),
        (.closeComplete, 0, 0), (.noData, 0, 0), (.portalSuspended, 0, 0), (.emptyQueryResponse, 0, 0),
        (.copyDone, 0, 0), (.commandComplete, 1, 4_096), (.rowDescription, 2, 33_554_432),
        (.errorResponse, 1, 33_554_432), (.noticeResponse, 1, 33_554_432), (.parameterStatus, 2, 1_048_576),
        (.notificationResponse, 6, 65_536), (.parameterDescription, 2, 262_142),
        (.copyInResponse, 3, 131_073), (.copyOutResponse, 3, 131_073), (.copyBothResponse, 3, 131_073),
        (.backendKeyData, 8, 260), (.authentication, 4, 65_536), (.negotiateProtocolVersion, 8, 65_536),
    ])
    func `a type bounds its length at both ends`(tag: BackendTag, least: Int, most: Int) {
        #expect(tag.allows(bodyBytes: least))
        #expect(tag.allows(bodyBytes: most))
        #expect(!tag.allows(bodyBytes: least - 1))
        #expect(!tag.allows(bodyBytes: most + 1))
    }

    @Test func `every sample message is within its bounds`() {
        #expect(Set(Message.samples.map(\.tag)).count == 24)
        for message in Message.samples { #expect(message.tag.allows(bodyBytes: message.body.count)) }
    }
}
