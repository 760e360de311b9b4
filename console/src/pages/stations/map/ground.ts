// What lies under the marks: tiles where the server was told whose, else lines of degrees.
import L from "leaflet";
import type { Answer } from "../../../api/call.ts";
import classes from "./map.module.css";
import { asHtml, degrees, graticuleStep, linesBetween } from "./places.ts";

/** Whose tiles are drawn; absent: nobody is asked for any. */
export type Ground = Answer<"getConsole">["tiles"];

/** Lays it, and keeps it as the map is moved. */
export function layGround(map: L.Map, tiles: Ground): void {
  if (tiles !== undefined) {
    L.tileLayer(tiles.url, { noWrap: true, maxZoom: 18 }).addTo(map);
    if (tiles.attribution === undefined) return;
    const credit = L.control.attribution({ prefix: false });
    credit.addAttribution(asHtml(tiles.attribution)).addTo(map);
    return;
  }
  const lines = L.layerGroup().addTo(map);
  const redraw = () => drawGraticule(map, lines);
  map.on("moveend", redraw);
  redraw();
}

/** Lines of latitude and longitude with their degrees: where nothing else is drawn. */
function drawGraticule(map: L.Map, lines: L.LayerGroup): void {
  lines.clearLayers();
  const bounds = map.getBounds();
  const [south, north] = [bounds.getSouth(), bounds.getNorth()];
  const [west, east] = [bounds.getWest(), bounds.getEast()];
  const step = graticuleStep(north - south);
  const style = { className: classes.line ?? "", weight: 1, interactive: false };
  const { y: bottom } = map.getSize();
  for (const latitude of linesBetween(south, north, step)) {
    L.polyline(alongParallel(latitude, west, east), style).addTo(lines);
    // In the corner stand the degrees of longitude.
    const { y } = map.latLngToContainerPoint([latitude, west]);
    if (y < bottom - cornerPixels) label(lines, [latitude, west], degrees(latitude, "N", "S"));
  }
  const meridians = linesBetween(west, east, step);
  const apart = map.getSize().x / ((east - west) / step);
  const each = Math.ceil(labelPixels / apart);
  for (const [at, longitude] of meridians.entries()) {
    L.polyline(alongMeridian(longitude, south, north), style).addTo(lines);
    if (at % each === 0) label(lines, [south, longitude], degrees(longitude, "E", "W"));
  }
}

/** So much room degrees of longitude take, with some between them. */
const labelPixels = 52;

/** Degrees of latitude that stand lower than this would run into those of longitude. */
const cornerPixels = 36;

function alongParallel(latitude: number, west: number, east: number): L.LatLngTuple[] {
  return [
    [latitude, west],
    [latitude, east],
  ];
}

function alongMeridian(longitude: number, south: number, north: number): L.LatLngTuple[] {
  return [
    [south, longitude],
    [north, longitude],
  ];
}

function label(lines: L.LayerGroup, at: L.LatLngTuple, html: string): void {
  const icon = L.divIcon({
    html,
    className: classes.degrees ?? "",
    iconSize: [60, 14],
    iconAnchor: [-4, 16],
  });
  L.marker(at, { icon, interactive: false, keyboard: false }).addTo(lines);
}
