/// Messages as a server would write them.
enum BackendBytes {
    static func message(_ tag: Character, _ body: [UInt8]) -> [UInt8] {
        [tag.asciiValue ?? 0] + integer(UInt32(body.count + 4)) + body
    }

    static func integer(_ value: UInt32) -> [UInt8] {
        [UInt8(value >> 24), UInt8(value >> 16 & 255), UInt8(value >> 8 & 255), UInt8(value & 255)]
    }

    static let ok = message("R", integer(0))
    static let cleartext = message("R", integer(3))
    static let md5 = message("R", integer(5) + [1, 2, 3, 4])
    static let ready = message("Z", [UInt8(ascii: "I")])
    static let key = message("K", integer(7) + integer(9))

    static func sasl(_ mechanisms: [String]) -> [UInt8] {
        message("R", integer(10) + mechanisms.flatMap { Array($0.utf8) + [0] } + [0])
    }

    static func saslContinue(_ text: String) -> [UInt8] { message("R", integer(11) + Array(text.utf8)) }

    static func status(_ name: String, _ value: String) -> [UInt8] {
        message("S", Array(name.utf8) + [0] + Array(value.utf8) + [0])
    }

    static func error(_ state: String, _ text: String) -> [UInt8] {
        message("E", Array("SFATAL\0VFATAL\0C\(state)\0M\(text)\0\0".utf8))
    }

    /// The whole start of a session of a server that lets everybody in.
    static func welcome(standby: Bool = false, readOnly: Bool = false) -> [UInt8] {
        ok + status("in_hot_standby", standby ? "on" : "off")
            + status("default_transaction_read_only", readOnly ? "on" : "off") + key + ready
    }
}
