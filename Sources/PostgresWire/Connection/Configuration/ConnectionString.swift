internal import PostgresProtocol

/// The values of a connection string, which is a URI or a list of `keyword=value`, read as libpq reads it.
///
/// One difference: text that is not UTF-8 is refused. No error repeats any of the text, since any of it may be a part
/// of a password.
/// Source: PostgreSQL 18 manual, "Connection Strings".
package struct ConnectionString: Sendable {
    /// The value of each keyword that was given; the last one if it was given twice.
    package private(set) var values: [String: String] = [:]

    private var bytes: [UInt8]
    private var position = 0
    private var count = 0

    /// Reads a connection string.
    ///
    /// - Throws: `invalidConfiguration`.
    package init(_ text: String) throws(PostgresError) {
        bytes = Array(text.utf8)
        guard !bytes.contains(0) else { throw Self.invalid("has a character U+0000") }
        if let length = Self.prefixLength(text) {
            position = length
            try readURI()
        } else {
            try readKeywords()
        }
        bytes = []
    }

    /// Whether the text begins as a URI does.
    static func isURI(_ text: String) -> Bool { prefixLength(text) != nil }

    private static func prefixLength(_ text: String) -> Int? {
        ["postgresql://", "postgres://"].first { text.hasPrefix($0) }?.utf8.count
    }

    static func invalid(_ reason: String) -> PostgresError {
        PostgresError(.invalidConfiguration, effect: .none, reason: "the connection string \(reason)")
    }

    /// The byte here, or 0 at the end.
    private var here: UInt8 { position < bytes.count ? bytes[position] : 0 }

    private mutating func skip(while isWanted: (UInt8) -> Bool) {
        while position < bytes.count, isWanted(bytes[position]) { position += 1 }
    }

    /// Goes to the first of some characters, or the end, and returns what is passed over.
    private mutating func take(until ends: StaticString) -> ArraySlice<UInt8> {
        let start = position
        ends.withUTF8Buffer { ends in
            while position < bytes.count, !ends.contains(bytes[position]) { position += 1 }
        }
        return bytes[start..<position]
    }

    private mutating func store(_ name: [UInt8], _ value: [UInt8]) throws(PostgresError) {
        count += 1
        guard let value = String(validating: value, as: UTF8.self) else {
            throw Self.invalid("has a value that is not UTF-8")
        }
        let name = String(decoding: name, as: UTF8.self)
        if name == "requiressl" {
            values["sslmode"] = value.hasPrefix("1") ? "require" : "prefer"
            return
        }
        guard ConnectionKeys.all.contains(name) else {
            throw Self.invalid("has a parameter (number \(count)) that PostgreSQL's manual does not name")
        }
        values[name] = value
    }
}

// MARK: keyword=value
extension ConnectionString {
    private static func isSpace(_ byte: UInt8) -> Bool { byte == 0x20 || (0x09...0x0d).contains(byte) }

    private mutating func readKeywords() throws(PostgresError) {
        while true {
            skip(while: Self.isSpace)
            guard position < bytes.count else { return }
            let start = position
            skip { $0 != UInt8(ascii: "=") && !Self.isSpace($0) }
            let name = Array(bytes[start..<position])
            skip(while: Self.isSpace)
            guard here == UInt8(ascii: "=") else { throw Self.invalid("has a keyword without = after it") }
            position += 1
            skip(while: Self.isSpace)
            try store(name, here == UInt8(ascii: "'") ? try quotedValue() : bareValue())
        }
    }

    private mutating func bareValue() -> [UInt8] {
        var value: [UInt8] = []
        while position < bytes.count {
            if Self.isSpace(bytes[position]) { break }
            if bytes[position] == UInt8(ascii: "\\") { position += 1 }
            if position < bytes.count { value.append(bytes[position]) }
            position += 1
        }
        position = min(position, bytes.count)
        return value
    }

    private mutating func quotedValue() throws(PostgresError) -> [UInt8] {
        var value: [UInt8] = []
        position += 1
        while position < bytes.count {
            if bytes[position] == UInt8(ascii: "'") {
                position += 1
                return value
            }
            if bytes[position] == UInt8(ascii: "\\") { position += 1 }
            if position < bytes.count { value.append(bytes[position]) }
            position += 1
        }
        throw Self.invalid("has a quoted value without its end")
    }
}

// MARK: URI
extension ConnectionString {
    private mutating func readURI() throws(PostgresError) {
        let start = position
        _ = take(until: "@/")
        let hasCredentials = here == UInt8(ascii: "@")
        position = start
        if hasCredentials { try readCredentials() }
        try readHosts()
        if here == UInt8(ascii: "/") {
            position += 1
            let name = take(until: "?")
            if !name.isEmpty { try store(Array("dbname".utf8), try Self.decoded(name)) }
        }
        if position < bytes.count {
            position += 1
            while position < bytes.count { try readParameter() }
        }
    }

    private mutating func readCredentials() throws(PostgresError) {
        let user = take(until: ":@")
        if !user.isEmpty { try store(Array("user".utf8), try Self.decoded(user)) }
        if here == UInt8(ascii: ":") {
            position += 1
            let password = take(until: "@")
            if !password.isEmpty { try store(Array("password".utf8), try Self.decoded(password)) }
        }
        position += 1
    }

    private mutating func readHosts() throws(PostgresError) {
        var hosts: [UInt8] = []
        var ports: [UInt8] = []
        while true {
            if here == UInt8(ascii: "[") {
                position += 1
                let address = take(until: "]")
                guard here == UInt8(ascii: "]") else { throw Self.invalid("has an IPv6 address without ]") }
                guard !address.isEmpty else { throw Self.invalid("has an empty IPv6 address") }
                hosts += address
                position += 1
                guard position == bytes.count || ":/?,".utf8.contains(here) else {
                    throw Self.invalid("has something else than : or / after an IPv6 address")
                }
            } else {
                hosts += take(until: ":/?,")
            }
            if here == UInt8(ascii: ":") {
                position += 1
                ports += take(until: "/?,")
            }
            guard here == UInt8(ascii: ",") else { break }
            position += 1
            hosts.append(UInt8(ascii: ","))
            ports.append(UInt8(ascii: ","))
        }
        if !hosts.isEmpty { try store(Array("host".utf8), try Self.decoded(hosts[...])) }
        if !ports.isEmpty { try store(Array("port".utf8), try Self.decoded(ports[...])) }
    }

    private mutating func readParameter() throws(PostgresError) {
        let name = take(until: "=&")
        guard here == UInt8(ascii: "=") else { throw Self.invalid("has a parameter without a value") }
        position += 1
        let value = take(until: "=&")
        guard here != UInt8(ascii: "=") else { throw Self.invalid("has a parameter with a second =") }
        position += 1
        let decodedName = try Self.decoded(name)
        let decodedValue = try Self.decoded(value)
        if decodedName.elementsEqual("ssl".utf8), decodedValue.elementsEqual("true".utf8) {
            try store(Array("sslmode".utf8), Array("require".utf8))
        } else {
            try store(decodedName, decodedValue)
        }
    }

    /// Takes spaces at the ends and percent signs away.
    private static func decoded(_ text: ArraySlice<UInt8>) throws(PostgresError) -> [UInt8] {
        var rest = text.drop { $0 == 0x20 }
        while rest.last == 0x20 { rest = rest.dropLast() }
        var result: [UInt8] = []
        var iterator = rest.makeIterator()
        while let byte = iterator.next() {
            if byte == 0x20 { throw invalid("has a space, which is written %20 in a URI") }
            guard byte == UInt8(ascii: "%") else {
                result.append(byte)
                continue
            }
            guard let high = iterator.next().flatMap(hexadecimal),
                let low = iterator.next().flatMap(hexadecimal)
            else { throw invalid("has a % that two hexadecimal digits do not follow") }
            guard high | low != 0 else { throw invalid("has a %00") }
            result.append(high << 4 | low)
        }
        return result
    }

    private static func hexadecimal(_ byte: UInt8) -> UInt8? {
        switch byte {
        case UInt8(ascii: "0")...UInt8(ascii: "9"): byte - UInt8(ascii: "0")
        case UInt8(ascii: "a")...UInt8(ascii: "f"): byte - UInt8(ascii: "a") + 10
        case UInt8(ascii: "A")...UInt8(ascii: "F"): byte - UInt8(ascii: "A") + 10
        default: nil
        }
    }
}

extension ConnectionString: CustomReflectable {
    /// The keywords without their values.
    package var customMirror: Mirror { Mirror(self, children: ["keywords": values.keys.sorted()]) }
}
