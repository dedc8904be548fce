// What a user names in a codec of his own: the cursor, the writer, the format and the faults; and the JSON value.
@_exported public import JSONModel

@_exported public import struct PostgresProtocol.ByteReader
@_exported public import struct PostgresProtocol.ByteWriter
@_exported public import enum PostgresProtocol.PostgresFormat
@_exported public import enum PostgresProtocol.WireFault
