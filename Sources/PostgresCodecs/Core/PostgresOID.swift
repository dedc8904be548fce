/// The object identifier of a type (`pg_type.oid`).
///
/// The built-in types have the same number in every database; types of extensions and users do not.
/// Source: PostgreSQL 18 manual, "Object Identifier Types"; `src/include/catalog/pg_type.dat`.
public struct PostgresOID: RawRepresentable, Hashable, Sendable {
    /// The number.
    public var rawValue: UInt32

    /// Names the type with this number.
    @inlinable
    public init(rawValue: UInt32) { self.rawValue = rawValue }

    /// Leaves the choice to the server (number 0), which takes it from the place of the parameter.
    @inlinable public static var unspecified: PostgresOID { PostgresOID(rawValue: 0) }

    /// Whether the type was made by an extension or a user, so that its number says nothing.
    @inlinable public var isUserDefined: Bool { rawValue >= 16_384 }
}

extension PostgresOID: CustomStringConvertible {
    /// The name of a built-in type, the number of any other.
    public var description: String { typeName ?? String(rawValue) }
}
