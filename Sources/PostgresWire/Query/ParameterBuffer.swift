internal import PostgresCodecs
internal import PostgresProtocol

/// The encoded parameters of a statement: made while the query is built, then never changed again.
///
/// `@unchecked Sendable`: a query's builder alone holds it while it changes; `PostgresQuery` copies before it
/// adds to a buffer that others may hold.
final class ParameterBuffer: @unchecked Sendable {
    private(set) var types: [UInt32] = []
    /// Empty while every parameter is binary.
    private(set) var formats: [PostgresFormat] = []
    /// Where in the text of the statement the parameter's placeholder stands, in UTF-8 bytes.
    private(set) var offsets: [Int] = []
    private var ends: [Int] = []
    private var writer = ByteWriter(capacity: 64)
    /// The first value that could not be encoded; the call that runs the query throws it.
    private(set) var fault: PostgresError?
    /// Whether `offsets` are known: not if the placeholders were written by hand.
    var hasPlaces = true

    var count: Int { types.count }

    var byteCount: Int { writer.count }

    /// Each value's length and bytes, one after the other.
    var fields: RawSpan {
        @_lifetime(borrow self)
        get { _overrideLifetime(writer.bytes, borrowing: self) }
    }

    /// The types that are named inside of values; their numbers are put in before the statement is sent.
    var references: [ByteReference] { writer.references }

    func append(_ value: borrowing some PostgresEncodable, at offset: Int) {
        let start = writer.count
        do {
            try value.encodeField(into: &writer)
        } catch {
            writer.truncate(to: start)
            if fault == nil { fault = .encoding(error, parameter: count + 1) }
        }
        note(
            type: valueType(value).postgresType.rawValue, format: valueType(value).postgresFormat, at: offset)
    }

    /// Appends all parameters of `other`, whose placeholders stand at `offsets`, counted from `origin`.
    func append(_ other: ParameterBuffer, offsets: [Int], from origin: Int) {
        guard other.hasPlaces else {
            if fault == nil { fault = .unspliceable }
            return
        }
        take(other, offsets: offsets, from: origin)
    }

    private func take(_ other: ParameterBuffer, offsets: [Int], from origin: Int) {
        writer.adopt(other.references, at: writer.count)
        var start = 0
        for index in 0..<other.count {
            let end = other.ends[index]
            other.fields.withUnsafeBytes {
                writer.append(buffer: UnsafeRawBufferPointer(rebasing: $0[start..<end]))
            }
            start = end
            let format = other.formats.isEmpty ? PostgresFormat.binary : other.formats[index]
            note(type: other.types[index], format: format, at: origin + offsets[index])
        }
        if fault == nil { fault = other.fault }
    }

    /// The same parameters with the numbers of types that are named in them; all names must be known.
    func resolved(by numbers: [String: UInt32]) -> ParameterBuffer {
        let copy = ParameterBuffer()
        copy.take(self, offsets: offsets, from: 0)
        copy.hasPlaces = hasPlaces
        _ = copy.writer.fillReferences { numbers[$0] }
        return copy
    }

    private func note(type: UInt32, format: PostgresFormat, at offset: Int) {
        if format != .binary, formats.isEmpty {
            formats = [PostgresFormat](repeating: .binary, count: types.count)
        }
        if format != .binary || !formats.isEmpty { formats.append(format) }
        types.append(type)
        offsets.append(offset)
        ends.append(writer.count)
    }
}

private func valueType<Value>(_ value: borrowing Value) -> Value.Type { Value.self }
