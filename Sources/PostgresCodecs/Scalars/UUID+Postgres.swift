public import PostgresProtocol

#if canImport(FoundationEssentials)
public import FoundationEssentials
#else
public import Foundation
#endif

extension UUID: PostgresEncodable {
    /// `uuid`.
    @inlinable public static var postgresType: PostgresOID { .uuid }

    /// Appends the 16 bytes.
    @inlinable
    public func encode(into writer: inout ByteWriter) throws(EncodingFault) {
        withUnsafeBytes(of: uuid) { writer.append(buffer: $0) }
    }
}

extension UUID: PostgresDecodable {
    /// Takes `uuid`.
    @inlinable
    public static func accepts(_ type: PostgresOID, _ format: PostgresFormat) -> Bool { type == .uuid }

    /// Reads 16 bytes; in text form, 36 characters.
    @inlinable
    public init(cell: borrowing PostgresCell) throws(DecodingFault) {
        guard cell.format == .binary else {
            self = try cell.parse { UUID(uuidString: $0) }
            return
        }
        try cell.expect(byteCount: 16)
        self.init(uuid: cell.bytes.unsafeLoadUnaligned(fromUncheckedByteOffset: 0, as: uuid_t.self))
    }
}
