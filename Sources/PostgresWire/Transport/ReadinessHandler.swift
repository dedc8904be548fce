/// Is told on a loop's thread that its descriptor can be read or written.
protocol ReadinessHandler: AnyObject, Sendable {
    /// The descriptor is ready; reading or writing may still find nothing.
    func descriptorReady(canRead: Bool, canWrite: Bool)

    /// The loop has run every task that was ready; what was kept for the end of the turn leaves now.
    func turnEnded()
}
