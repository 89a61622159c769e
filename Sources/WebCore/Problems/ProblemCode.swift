import HTTPTypes

/// Kinds of problems, by which programs distinguish them. The API's document and reference list them; a code
/// that was released keeps its name.
package enum ProblemCode: String, CaseIterable, Sendable {
  case malformed
  case badHost = "bad-host"
  case badIdempotencyKey = "bad-idempotency-key"
  case unauthorized
  case wrongCredentials = "wrong-credentials"
  case forbidden
  case passwordChange = "password-change"
  case crossSite = "cross-site"
  case localOnly = "local-only"
  case behindProxy = "behind-proxy"
  case notThisMachine = "not-this-machine"
  case otherTeam = "other-team"
  case notFound = "not-found"
  case methodNotAllowed = "method-not-allowed"
  case tooSlow = "too-slow"
  case underWay = "under-way"
  case alreadySo = "already-so"
  case notEmpty = "not-empty"
  case refused
  case linkEnded = "link-ended"
  case fileDeleted = "file-deleted"
  case changedSince = "changed-since"
  case tooLarge = "too-large"
  case tooManyFields = "too-many-fields"
  case shopIsFull = "shop-is-full"
  case fileTooLarge = "file-too-large"
  case mediaType = "media-type"
  case invalidField = "invalid-field"
  case unknownField = "unknown-field"
  case badTable = "bad-table"
  case badExport = "bad-export"
  case idempotencyKeyReused = "idempotency-key-reused"
  case tooManyAttempts = "too-many-attempts"
  case tooManyRequests = "too-many-requests"
  case internalError = "internal"
  case storeUnavailable = "store-unavailable"
  case outcomeUnknown = "outcome-unknown"
  case passwordNotHashed = "password-not-hashed"
  case diskFull = "disk-full"
  case unknownShop = "unknown-shop"
  case noRuns = "no-runs"
  case unknownRun = "unknown-run"
  case unknownItem = "unknown-item"
  case unknownChecklist = "unknown-checklist"
  case noSwitch = "no-switch"
  case noActiveRun = "no-active-run"
  case unknownUser = "unknown-user"
  case unknownToken = "unknown-token"
  case unknownLink = "unknown-link"
  case unknownFile = "unknown-file"
  case emptyText = "empty-text"
  case textTooLong = "text-too-long"
  case controlCharacter = "control-character"
  case tooManyMarks = "too-many-marks"
  case badShopID = "bad-shop-id"
  case semicolonInTag = "semicolon-in-tag"
  case cutNumber = "cut-number"
  case unknownTimeZone = "unknown-time-zone"
  case timeZoneNoLongerKnown = "time-zone-no-longer-known"
  case yearOutOfRange = "year-out-of-range"
  case badLink = "bad-link"
  case emptyFile = "empty-file"
  case unknownName = "unknown-name"
  case emptyFilter = "empty-filter"
  case unknownRequirement = "unknown-requirement"
  case shopExists = "shop-exists"
  case shopArchived = "shop-archived"
  case severalRuns = "several-runs"
  case noneActive = "none-active"
  case severalActiveRuns = "several-active-runs"
  case runIsClosed = "run-is-closed"
  case runIsOlder = "run-is-older"
  case checklistNotForShop = "checklist-not-for-shop"
  case alreadyActive = "already-active"
  case nothingToStart = "nothing-to-start"
  case allItemsLeftOut = "all-items-left-out"
  case waiting
  case lacksProof = "lacks-proof"
  case isSkipped = "is-skipped"
  case isMissed = "is-missed"
  case closedByMilestone = "closed-by-milestone"
  case noRebinding = "no-rebinding"
  case criticalItem = "critical-item"
  case samePerson = "same-person"
  case makerTicked = "maker-ticked"
  case nothingToConfirm = "nothing-to-confirm"
  case notOutstanding = "not-outstanding"
  case notBlocked = "not-blocked"
  case isBlocked = "is-blocked"
  case inTheFuture = "in-the-future"
  case beforeTheRun = "before-the-run"
  case boundAlready = "bound-already"
  case notBound = "not-bound"
  case sameAccount = "same-account"
  case switchUnderWay = "switch-under-way"
  case isUnbound = "is-unbound"
  case notUnbound = "not-unbound"
  case otherAccount = "other-account"
  case beforeTheLastStep = "before-the-last-step"
  case plannedInThePast = "planned-in-the-past"
  case endsBeforeUnbinding = "ends-before-unbinding"
  case finishBeforeItOpens = "finish-before-it-opens"
  case forbiddenByRule = "forbidden-by-rule"
  case passwordTooShort = "password-too-short"
  case passwordTooLong = "password-too-long"
  case passwordHasTooManyMarks = "password-has-too-many-marks"
  case passwordIsCommon = "password-is-common"
  case passwordHoldsName = "password-holds-name"
  case wrongPassword = "wrong-password"
  case userExists = "user-exists"
  case lastAdmin = "last-admin"
  case leadWithoutTeam = "lead-without-team"
  case teamsOfNoUse = "teams-of-no-use"
  case noScope = "no-scope"
  case endsInThePast = "ends-in-the-past"
  case lastsTooLong = "lasts-too-long"
  case onlyLeadsDeleteFiles = "only-leads-delete-files"
}

extension ProblemCode {
  /// The status of the response.
  package var status: HTTPResponse.Status {
    switch self {
    case .malformed, .badHost, .badIdempotencyKey: .badRequest
    case .unauthorized, .wrongCredentials: .unauthorized
    case .forbidden, .passwordChange, .crossSite, .localOnly, .behindProxy, .notThisMachine, .otherTeam,
      .criticalItem, .onlyLeadsDeleteFiles:
      .forbidden
    case .notFound, .unknownShop, .noRuns, .unknownRun, .unknownItem, .unknownChecklist, .noSwitch,
      .noActiveRun, .unknownUser, .unknownToken, .unknownLink, .unknownFile:
      .notFound
    case .methodNotAllowed: .methodNotAllowed
    case .tooSlow: .requestTimeout
    case .underWay, .alreadySo, .notEmpty, .refused, .shopExists, .shopArchived, .severalRuns, .noneActive,
      .severalActiveRuns, .runIsClosed, .runIsOlder, .checklistNotForShop, .alreadyActive, .nothingToStart,
      .allItemsLeftOut, .waiting, .lacksProof, .isSkipped, .isMissed, .closedByMilestone, .noRebinding,
      .samePerson, .makerTicked, .nothingToConfirm,
      .notOutstanding, .notBlocked, .isBlocked, .inTheFuture, .beforeTheRun, .boundAlready, .notBound,
      .sameAccount, .switchUnderWay, .isUnbound, .notUnbound, .otherAccount, .beforeTheLastStep,
      .plannedInThePast, .endsBeforeUnbinding, .finishBeforeItOpens, .forbiddenByRule, .userExists,
      .lastAdmin:
      .conflict
    case .linkEnded, .fileDeleted: .gone
    case .changedSince: .preconditionFailed
    case .tooLarge, .tooManyFields, .shopIsFull, .fileTooLarge: .contentTooLarge
    case .mediaType: .unsupportedMediaType
    case .invalidField, .unknownField, .badTable, .badExport, .idempotencyKeyReused, .emptyText, .textTooLong,
      .controlCharacter, .tooManyMarks, .badShopID, .semicolonInTag, .cutNumber, .unknownTimeZone,
      .timeZoneNoLongerKnown, .yearOutOfRange, .badLink, .emptyFile,
      .unknownName, .emptyFilter,
      .unknownRequirement, .passwordTooShort, .passwordTooLong, .passwordHasTooManyMarks, .passwordIsCommon,
      .passwordHoldsName, .wrongPassword, .leadWithoutTeam, .teamsOfNoUse, .noScope, .endsInThePast,
      .lastsTooLong:
      .unprocessableContent
    case .tooManyAttempts, .tooManyRequests: .tooManyRequests
    case .internalError: .internalServerError
    case .storeUnavailable, .outcomeUnknown, .passwordNotHashed: .serviceUnavailable
    case .diskFull: .insufficientStorage
    }
  }
}
