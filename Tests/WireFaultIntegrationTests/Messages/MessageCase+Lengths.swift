import TestSupport

/// Lengths that lie.
extension MessageCase {
    private static let messages = [
        ("Authentication", 1), ("Authentication", 2), ("ParameterStatus", 1), ("BackendKeyData", 1),
        ("ReadyForQuery", 1), ("ParseComplete", 1), ("ParameterDescription", 1), ("RowDescription", 1),
        ("BindComplete", 1), ("DataRow", 3), ("CommandComplete", 1), ("ReadyForQuery", 2),
    ]

    /// Lengths that no message can have.
    static let impossibleLengths: [MessageCase] = messages.flatMap { name, number in
        ([0x7fff_ffff, 0x4000_0000, 0xffff_ffff, 0x8000_0000, 0, 1, 2, 3] as [UInt32]).map { value in
            let text = "0x" + String(value, radix: 16)
            return MessageCase(
                "length \(text) of \(name) \(number)", .refused, .length(value, of: name, number))
        }
    }

    /// Lengths that are possible and wrong.
    static let wrongLengths: [MessageCase] = [
        // The row is 18 bytes long.
        MessageCase("row one byte shorter", .refused, .length(17, of: "DataRow", 3)),
        MessageCase("row one byte longer", .refused, .length(19, of: "DataRow", 3)),
        MessageCase("row of a whole gigabyte", .deadline, .length(0x3fff_ffff, of: "DataRow", 3)),
        MessageCase("columns of 32 MiB", .deadline, .length(0x200_0000, of: "RowDescription")),
        MessageCase("columns of more", .refused, .length(0x200_0008, of: "RowDescription")),
        MessageCase("tag of 4 KiB", .deadline, .length(0x1000, of: "CommandComplete")),
        MessageCase("tag of more", .refused, .length(0x1008, of: "CommandComplete")),
        MessageCase(
            "error of more than 32 MiB", .refused, in: .serverError, .length(0x200_0008, of: "ErrorResponse")),
        MessageCase("error of 0 bytes", .refused, in: .serverError, .length(4, of: "ErrorResponse")),
        MessageCase("COPY data of -1 bytes", .refused, in: .copyOut, .length(3, of: "CopyData", 2)),
        MessageCase("COPY data one byte longer", .refused, in: .copyOut, .length(13, of: "CopyData", 6)),
        MessageCase(
            "parameters of a login beyond 1 MiB", .refused, .length(0x10_0005, of: "ParameterStatus")),
        MessageCase("authentication of 64 KiB", .refused, .length(0x1_0005, of: "Authentication")),
        MessageCase("authentication shorter", .refused, .length(7, of: "Authentication")),
    ]
}
