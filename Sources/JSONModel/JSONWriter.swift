/// Writes a JSON value into one growing piece of memory.
struct JSONWriter: ~Copyable {
    private var base: UnsafeMutablePointer<UInt8>
    private var capacity: Int
    private var used = 0
    private let layout: JSONLayout
    private var level = 0
    /// Whether a string with U+0000 has been written, which `jsonb` refuses.
    private(set) var hasZero = false

    init(_ layout: JSONLayout) {
        self.layout = layout
        capacity = 512
        base = .allocate(capacity: capacity)
    }

    deinit { base.deallocate() }

    /// What has been written; valid until the next change.
    var bytes: UnsafeRawBufferPointer { UnsafeRawBufferPointer(start: base, count: used) }

    mutating func write(_ value: JSONValue) {
        switch value {
        case .null: write(word: "null")
        case .bool(let value): write(word: value ? "true" : "false")
        case .number(let number): write(number)
        case .string(let text): write(text)
        case .array(let values):
            open(UInt8(ascii: "["))
            var isFirst = true
            for value in values {
                separate(&isFirst)
                write(value)
            }
            close(UInt8(ascii: "]"), isEmpty: values.isEmpty)
        case .object(let object): write(object)
        }
    }

    private mutating func write(_ object: JSONObject) {
        open(UInt8(ascii: "{"))
        var members = object.members
        if layout == .canonical {
            members.sort { $0.key.utf8.lexicographicallyPrecedes($1.key.utf8) }
        }
        var isFirst = true
        for (key, value) in members {
            separate(&isFirst)
            write(key)
            append(UInt8(ascii: ":"))
            if layout == .pretty { append(UInt8(ascii: " ")) }
            write(value)
        }
        close(UInt8(ascii: "}"), isEmpty: members.isEmpty)
    }

    private mutating func write(_ number: JSONNumber) {
        if layout == .canonical { return append(plain: number.canonicalLiteral) }
        switch number.storage {
        case .integer(let value): append(decimal: value)
        case .double(let value): append(plain: value.description)
        case .literal(let text): append(plain: text)
        }
    }

    private mutating func write(word: StaticString) {
        append(UnsafeBufferPointer(start: word.utf8Start, count: word.utf8CodeUnitCount))
    }

    private mutating func write(_ text: String) {
        append(UInt8(ascii: "\""))
        var text = text
        let count = text.utf8.count
        // The worst case is six bytes a byte; most strings need no escape and are copied in runs.
        reserve(count &+ 2)
        text.withUTF8 { bytes in
            var run = 0
            for index in 0..<bytes.count {
                let byte = bytes[index]
                guard byte < 0x20 || byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "\\") else {
                    continue
                }
                append(UnsafeBufferPointer(rebasing: bytes[run..<index]))
                append(escaped: byte)
                run = index &+ 1
            }
            append(UnsafeBufferPointer(rebasing: bytes[run...]))
        }
        append(UInt8(ascii: "\""))
    }

    private mutating func append(escaped byte: UInt8) {
        append(UInt8(ascii: "\\"))
        switch byte {
        case 0x08: append(UInt8(ascii: "b"))
        case 0x09: append(UInt8(ascii: "t"))
        case 0x0A: append(UInt8(ascii: "n"))
        case 0x0C: append(UInt8(ascii: "f"))
        case 0x0D: append(UInt8(ascii: "r"))
        case UInt8(ascii: "\""), UInt8(ascii: "\\"): append(byte)
        default:
            if byte == 0 { hasZero = true }
            write(word: "u00")
            append(UInt8(ascii: "0") &+ byte &>> 4)
            let low = byte & 0xF
            append(low < 10 ? UInt8(ascii: "0") &+ low : UInt8(ascii: "a") &+ low &- 10)
        }
    }

    private mutating func open(_ bracket: UInt8) {
        append(bracket)
        level &+= 1
    }

    private mutating func close(_ bracket: UInt8, isEmpty: Bool) {
        level &-= 1
        if layout == .pretty, !isEmpty { breakLine() }
        append(bracket)
    }

    private mutating func separate(_ isFirst: inout Bool) {
        if !isFirst { append(UInt8(ascii: ",")) }
        isFirst = false
        if layout == .pretty { breakLine() }
    }

    private mutating func breakLine() {
        append(UInt8(ascii: "\n"))
        for _ in 0..<(level &* 2) { append(UInt8(ascii: " ")) }
    }

    private mutating func append(decimal value: Int64) {
        // Twenty bytes hold the longest value, a minus sign and 19 digits.
        reserve(20)
        var magnitude = value.magnitude
        var digits = 1
        var rest = magnitude / 10
        while rest > 0 {
            digits &+= 1
            rest /= 10
        }
        if value < 0 { append(UInt8(ascii: "-")) }
        var position = used &+ digits
        used = position
        repeat {
            position &-= 1
            base[position] = UInt8(ascii: "0") &+ UInt8(truncatingIfNeeded: magnitude % 10)
            magnitude /= 10
        } while magnitude > 0
    }

    private mutating func append(plain text: String) {
        var text = text
        text.withUTF8 { append($0) }
    }

    @inline(__always)
    private mutating func append(_ byte: UInt8) {
        reserve(1)
        base[used] = byte
        used &+= 1
    }

    private mutating func append(_ bytes: UnsafeBufferPointer<UInt8>) {
        guard let start = bytes.baseAddress, bytes.count > 0 else { return }
        reserve(bytes.count)
        (base + used).update(from: start, count: bytes.count)
        used &+= bytes.count
    }

    @inline(__always)
    private mutating func reserve(_ count: Int) {
        if capacity &- used < count { grow(count) }
    }

    private mutating func grow(_ count: Int) {
        let larger = max(capacity &* 2, used + count)
        let memory = UnsafeMutablePointer<UInt8>.allocate(capacity: larger)
        memory.update(from: base, count: used)
        base.deallocate()
        base = memory
        capacity = larger
    }
}
