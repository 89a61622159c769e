import Domain
import Formats
import Hummingbird
import Operations
import Reports
import WebCore

/// Definitions: which checklists runs can follow, what is wrong in their files, and the files' schema.
struct DefinitionsAPI: Sendable {
  let services: WebServices

  var routes: [Route] {
    [
      .api(
        .get, "/checklists", .authenticated,
        APIOperation(
          id: "listChecklists", summary: "The definitions that runs can follow",
          answer: .json(schema: "Checklists")), list),
      .api(
        .get, "/checklists/{checklist}", .authenticated,
        APIOperation(
          id: "getChecklist", summary: "A definition in full, and what is to say of its file",
          answer: .json(schema: "ChecklistFile")), show),
      .api(
        .get, "/findings", .authenticated,
        APIOperation(
          id: "listFindings",
          summary:
            "What is wrong, or worth a look, in the folder of definitions; the first 500, and how many there are",
          answer: .json(schema: "Findings")), findings),
      .api(
        .post, "/lint", .authenticated,
        APIOperation(
          id: "lint",
          summary:
            "Check a file's text before it is put into the folder; nothing is kept, and other files' ids aren't compared; the first 500 findings, and how many there are",
          query: [
            .init(
              "file", .text(most: 100), "The file's name in the folder, such as calendars/cn.yaml",
              example: "after-switch.yaml")
          ],
          body: .bytes(type: "application/yaml", most: 1 << 20, about: "The YAML of one file."),
          answer: .json(schema: "Findings")), check),
      .api(
        .get, "/schema", .authenticated,
        APIOperation(
          id: "getSchema", summary: "The JSON Schema of a checklist's file, for editors",
          answer: .object(type: "application/schema+json")),
        { request, _ in
          .json(Array(services.dependencies.schema(request.language).utf8), type: "application/schema+json")
        }
      ),
    ]
  }

  private func list(_ request: WebRequest, _ input: APIInput) -> Response {
    let checklists = services.dependencies.definitions().definitions.checklists.map(\.checklist)
    let list = ChecklistText.json(checklists, request.language)
    return .json(Array("{\"checklists\":".utf8) + list.dropLast() + Array("}\n".utf8))
  }

  private func show(_ request: WebRequest, _ input: APIInput) throws -> Response {
    let read = services.dependencies.definitions()
    let pinned = try read.definitions.checklist(request["checklist"])
    let checklist = pinned.checklist
    var json = JSONWriter()
    json.object { json in
      ChecklistText.write(checklist, request.language, to: &json)
      json.field("file", read.files[checklist.id.rawValue])
      json.field("sha256", pinned.definition.sha256)
      json.key("definition")
      json.value(json: pinned.canonical)
      json.array("findings") { json in
        for finding in read.findings(of: checklist) { write(finding, request.language, to: &json) }
      }
    }
    return .json(json.document())
  }

  private func findings(_ request: WebRequest, _ input: APIInput) -> Response {
    report(services.dependencies.definitions().findings, request.language)
  }

  private func check(_ request: WebRequest, _ input: APIInput) async throws -> Response {
    let file = input.query["file"] ?? "checklist.yaml"
    guard file.wholeMatch(of: /((calendars|platforms)\/)?[a-z0-9-]{1,80}\.yaml/) != nil else {
      throw Problem.invalid(
        "file",
        Wording(
          en: "is the file's name in the folder, such as after-switch.yaml or calendars/cn.yaml",
          zh: "应为文件夹里的文件名，如 after-switch.yaml 或 calendars/cn.yaml"))
    }
    let (check, text) = (services.dependencies.check, input.bytes)
    // Off the event loop, since a large file takes a while.
    let findings = try await WorkQueue.large.run { check(text, file) }
    return report(findings, request.language)
  }

  private func report(_ findings: [DefinitionsSnapshot.Finding], _ language: Language) -> Response {
    let errors = findings.count(where: \.isError)
    var json = JSONWriter()
    json.object { json in
      json.field("errors", errors)
      json.field("warnings", findings.count - errors)
      json.array("findings") { json in
        for finding in findings.prefix(Self.mostFindings) { write(finding, language, to: &json) }
      }
    }
    return .json(json.document())
  }

  /// Nobody fixes more before checking again, and a file of 1 MB may have a hundred thousand.
  private static let mostFindings = 500

  private func write(_ finding: DefinitionsSnapshot.Finding, _ language: Language, to json: inout JSONWriter)
  {
    json.object { json in
      json.field("file", finding.file)
      json.field("line", finding.line)
      json.field("column", finding.column)
      json.field("severity", finding.isError ? "error" : "warning")
      json.field("code", finding.code)
      json.field("message", finding.message(language))
    }
  }
}
