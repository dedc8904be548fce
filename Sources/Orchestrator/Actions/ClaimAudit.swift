import JSONModel

/// Says who took a run up again; recorded in the log and read by people only.
public struct ClaimAudit: Sendable, Hashable {
    /// The worker.
    public var workerID: String?
    /// The claim's epoch.
    public var claimEpoch: Int?
    /// The job.
    public var jobID: String?

    /// Creates a record.
    public init(workerID: String? = nil, claimEpoch: Int? = nil, jobID: String? = nil) {
        self.workerID = workerID
        self.claimEpoch = claimEpoch
        self.jobID = jobID
    }

    init(_ payload: JSONObject) throws(WorkflowShapeError) {
        var fields = FieldReader(payload)
        workerID = try fields.optional("worker_id")
        claimEpoch = try fields.optional("claim_epoch")
        jobID = try fields.optional("job_id")
    }

    func write(to fields: inout FieldWriter) {
        fields.write(workerID, as: "worker_id")
        fields.write(claimEpoch, as: "claim_epoch")
        fields.write(jobID, as: "job_id")
    }
}
