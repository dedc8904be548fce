/// Reads one JSON text, byte by byte, checking everything.
///
/// Every access to `base` is preceded by a comparison of `position` with `count` in the same function. Recursion is
/// bounded by `depthLimit`, which `JSONLimits` bounds in turn.
struct JSONReader {
    let base: UnsafePointer<UInt8>
    let count: Int
    let depthLimit: Int
    var position = 0
    var depth = 0
    /// The bytes of the string that is being read, if it contains escapes.
    var unescaped: [UInt8] = []

    /// Reads the only value of `bytes`.
    static func read(
        _ bytes: UnsafeBufferPointer<UInt8>, _ limits: JSONLimits
    ) -> Result<JSONValue, JSONFault> {
        guard bytes.count <= limits.bytes else {
            return .failure(JSONFault(.tooLong(limit: limits.bytes), offset: limits.bytes))
        }
        guard let base = bytes.baseAddress, bytes.count > 0 else {
            return .failure(JSONFault(.unexpectedEnd, offset: 0))
        }
        var reader = JSONReader(base: base, count: bytes.count, depthLimit: limits.depth)
        do throws(JSONFault) {
            reader.skipSpace()
            let value = try reader.value()
            reader.skipSpace()
            guard reader.position == reader.count else { throw reader.fault(.trailingContent) }
            return .success(value)
        } catch {
            return .failure(error)
        }
    }

    mutating func value() throws(JSONFault) -> JSONValue {
        guard position < count else { throw fault(.unexpectedEnd) }
        switch base[position] {
        case UInt8(ascii: "\""): return .string(try string())
        case UInt8(ascii: "{"): return .object(try object())
        case UInt8(ascii: "["): return .array(try array())
        case UInt8(ascii: "-"), UInt8(ascii: "0")...UInt8(ascii: "9"): return .number(try number())
        case UInt8(ascii: "t"):
            try word("true")
            return .bool(true)
        case UInt8(ascii: "f"):
            try word("false")
            return .bool(false)
        case UInt8(ascii: "n"):
            try word("null")
            return .null
        default: throw fault(.unexpectedByte)
        }
    }

    private mutating func object() throws(JSONFault) -> JSONObject {
        try enter()
        var object = JSONObject()
        guard try !closes(UInt8(ascii: "}")) else { return object }
        object.members.reserveCapacity(4)
        while true {
            guard position < count else { throw fault(.unexpectedEnd) }
            guard base[position] == UInt8(ascii: "\"") else { throw fault(.unexpectedByte) }
            let key = try string()
            skipSpace()
            guard position < count else { throw fault(.unexpectedEnd) }
            guard base[position] == UInt8(ascii: ":") else { throw fault(.unexpectedByte) }
            position &+= 1
            skipSpace()
            object.set(try value(), forKey: key)
            guard try continues(orEndsWith: UInt8(ascii: "}")) else { return object }
        }
    }

    private mutating func array() throws(JSONFault) -> [JSONValue] {
        try enter()
        var values: [JSONValue] = []
        guard try !closes(UInt8(ascii: "]")) else { return values }
        values.reserveCapacity(4)
        while true {
            values.append(try value())
            guard try continues(orEndsWith: UInt8(ascii: "]")) else { return values }
        }
    }

    private mutating func enter() throws(JSONFault) {
        guard depth < depthLimit else { throw fault(.tooDeep(limit: depthLimit)) }
        depth &+= 1
        position &+= 1
        skipSpace()
    }

    /// Tells whether an opened container ends at once, and steps over its end.
    private mutating func closes(_ end: UInt8) throws(JSONFault) -> Bool {
        guard position < count else { throw fault(.unexpectedEnd) }
        guard base[position] == end else { return false }
        position &+= 1
        depth &-= 1
        return true
    }

    /// Steps over a comma (true) or the end of the container (false).
    private mutating func continues(orEndsWith end: UInt8) throws(JSONFault) -> Bool {
        skipSpace()
        guard position < count else { throw fault(.unexpectedEnd) }
        let byte = base[position]
        if byte == UInt8(ascii: ",") {
            position &+= 1
            skipSpace()
            return true
        }
        guard byte == end else { throw fault(.unexpectedByte) }
        position &+= 1
        depth &-= 1
        return false
    }

    private mutating func word(_ word: StaticString) throws(JSONFault) {
        for index in 0..<word.utf8CodeUnitCount {
            guard position < count else { throw fault(.unexpectedEnd) }
            guard base[position] == word.utf8Start[index] else { throw fault(.unexpectedByte) }
            position &+= 1
        }
    }

    @inline(__always)
    mutating func skipSpace() {
        while position < count {
            switch base[position] {
            case 0x20, 0x0A, 0x0D, 0x09: position &+= 1
            default: return
            }
        }
    }

    func fault(_ reason: JSONFault.Reason) -> JSONFault { JSONFault(reason, offset: position) }
}
