public import PostgresCodecs

/// What the catalog says of a type that an extension or a user made.
public struct PostgresTypeDescription: Hashable, Sendable {
    /// What a type is made of.
    public enum Kind: Hashable, Sendable {
        /// A type of its own; its binary form is that of this send function.
        case base(sendFunction: String)
        /// An array of elements of this type.
        case array(element: PostgresOID)
        /// Another name for this type, with conditions.
        case domain(base: PostgresOID)
        /// One of these labels, in their order.
        case enumeration(labels: [String])
        /// A row of these fields, in their order.
        case composite(fields: [Field])
        /// A range with bounds of this type.
        case range(bound: PostgresOID)
        /// A multirange with bounds of this type.
        case multirange(bound: PostgresOID)
    }

    /// A field of a composite type.
    public struct Field: Hashable, Sendable {
        /// The field's name.
        public let name: String
        /// The field's type.
        public let type: PostgresOID
    }

    /// The schema that the type is in.
    public let schema: String
    /// The name of the type, without its schema.
    public let name: String
    /// What the type is made of.
    public let kind: Kind
}

extension PostgresTypeDescription {
    /// How the text of values is written; nil if the type's binary form is not known.
    package var textForm: PostgresTextForm.UserType? {
        switch kind {
        case .base(let sendFunction): PostgresTextForm.UserType(sendFunction: sendFunction)
        case .array(let element): .array(of: element)
        case .domain(let base): .domain(base)
        case .enumeration: .text
        case .composite(let fields): .composite(fields.map(\.type))
        case .range(let bound): .range(of: bound)
        case .multirange(let bound): .multirange(of: bound)
        }
    }
}
