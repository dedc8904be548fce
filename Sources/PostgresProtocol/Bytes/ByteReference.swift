/// Four bytes that stand for the number of a type whose name alone is known when a value is encoded.
@usableFromInline
package struct ByteReference: Sendable, Hashable {
    /// Where the bytes are.
    @usableFromInline package let position: Int
    /// The name of the type, written as in SQL.
    @usableFromInline package let name: String

    @usableFromInline
    package init(position: Int, name: String) {
        self.position = position
        self.name = name
    }
}

extension ByteWriter {
    /// Leaves four bytes open for the number of a type, which is looked up before the statement is sent.
    ///
    /// Values of built-in containers name the types of their parts this way: the number of a type that an extension or a
    /// user made differs from database to database. The name is written as in SQL: `mood`, `app.mood`.
    public mutating func append(typeNamed name: String) {
        references.append(ByteReference(position: count, name: name))
        append(UInt32(0))
    }

    /// Notes places that were noted by another writer, whose bytes were appended at `offset`.
    package mutating func adopt(_ others: [ByteReference], at offset: Int) {
        for other in others {
            references.append(ByteReference(position: other.position + offset, name: other.name))
        }
    }

    /// Puts the numbers of types where they were left open; returns the first name without a number.
    package mutating func fillReferences(_ number: (String) -> UInt32?) -> String? {
        for reference in references {
            guard let value = number(reference.name) else { return reference.name }
            replace(at: reference.position, with: Int32(bitPattern: value))
        }
        references = []
        return nil
    }
}
