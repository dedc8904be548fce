import FoundationEssentials
public import StoreContracts

extension TenantID {
    /// A tenant that the suite may own rows of.
    public static let sampleA = TenantID(
        UUID(uuid: (0xC0, 0xFF, 0xEE, 0, 0, 0, 0x40, 0, 0x80, 0, 0, 0, 0, 0, 0, 0xA)))
    /// Another tenant that the suite may own rows of.
    public static let sampleB = TenantID(
        UUID(uuid: (0xC0, 0xFF, 0xEE, 0, 0, 0, 0x40, 0, 0x80, 0, 0, 0, 0, 0, 0, 0xB)))
}
