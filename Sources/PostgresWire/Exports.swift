@_exported public import PostgresCodecs
@_exported public import PostgresProtocol
