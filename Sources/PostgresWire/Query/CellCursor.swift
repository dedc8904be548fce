public import PostgresCodecs
public import PostgresProtocol

/// Walks over the cells of one row.
///
/// The types have been accepted before; the bytes are checked here once more, since they come from a peer.
@usableFromInline
struct CellCursor: ~Escapable {
    @usableFromInline var reader: ByteReader
    @usableFromInline let format: PostgresFormat
    /// The place of the next cell.
    @usableFromInline var index = 0

    @inlinable
    @_lifetime(copy body)
    init(_ body: RawSpan, _ format: PostgresFormat) {
        reader = ByteReader(body)
        self.format = format
        _ = try? reader.integer(UInt16.self)
    }

    /// Reads the next cell, whose column has the type `type`.
    @inlinable
    @_lifetime(self: copy self)
    mutating func next<Value: PostgresDecodable>(
        _ type: PostgresOID, as wanted: Value.Type = Value.self
    ) throws(DecodingFault) -> Value {
        index &+= 1
        let length: Int32
        do throws(WireFault) { length = try reader.integer() } catch { throw .malformed(error) }
        guard length >= 0 else { return try Value.decodeNull() }
        return try Value(
            cell: PostgresCell(bytes: try bytes(count: Int(length)), type: type, format: format))
    }

    @inlinable
    @_lifetime(copy self)
    @_lifetime(self: copy self)
    mutating func bytes(count: Int) throws(DecodingFault) -> RawSpan {
        do throws(WireFault) { return try reader.bytes(count: count) } catch { throw .malformed(error) }
    }

    /// Reads the next cell as the text that the server would print; nil for NULL.
    @_lifetime(self: copy self)
    mutating func nextText(
        _ type: PostgresOID, _ format: PostgresFormat, _ form: PostgresTextForm
    ) throws(DecodingFault) -> String? {
        index &+= 1
        let length: Int32
        do throws(WireFault) { length = try reader.integer() } catch { throw .malformed(error) }
        guard length >= 0 else { return nil }
        return try form.text(
            of: PostgresCell(bytes: try bytes(count: Int(length)), type: type, format: format))
    }

    /// Passes over `count` cells.
    @_lifetime(self: copy self)
    mutating func skip(_ count: Int) {
        for _ in 0..<count {
            let length = (try? reader.integer(Int32.self)) ?? -1
            if length > 0 { _ = try? reader.bytes(count: Int(length)) }
            index &+= 1
        }
    }
}
