/// How a value is written: `text` as people read it, `binary` as the server keeps it.
public enum PostgresFormat: Int16, Sendable {
    case text = 0
    case binary = 1
}
