import Domain
import Operations

extension WebServices {
  /// Uses the platforms' current rules.
  package var shopZones: ShopZones { ShopZones(dependencies.zones, dependencies.definitions().definitions) }

  /// The zone for times that don't belong to a shop: the browser's, else the server's.
  package func readersZone(_ request: WebRequest) -> Zone {
    guard let name = CookieName.value(.zone, in: request.http),
      TimeZoneName.isKnown(name, in: dependencies.zones),
      let zone = dependencies.zones.zone(named: name)
    else { return dependencies.zone }
    // Devices on UTC report it by any of its names; show the common one.
    return Zone.utc(named: name) == nil ? zone : .utc
  }
}
