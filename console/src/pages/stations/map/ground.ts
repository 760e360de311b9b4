// What lies under the marks: tiles where the server was told whose, else lines of degrees.
import L from "leaflet";
import type { Answer } from "../../../api/call.ts";
import classes from "./map.module.css";
import { asHtml, graticuleStep } from "./places.ts";

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
  const step = graticuleStep(bounds.getNorth() - bounds.getSouth());
  const style = { className: classes.line ?? "", weight: 1, interactive: false };
  const from = (value: number) => Math.floor(value / step) * step;
  for (let north = from(bounds.getSouth()); north <= bounds.getNorth(); north += step) {
    L.polyline(
      [
        [north, bounds.getWest()],
        [north, bounds.getEast()],
      ],
      style,
    ).addTo(lines);
    label(lines, [north, bounds.getWest()], `${Number(north.toFixed(3))}° N`);
  }
  for (let east = from(bounds.getWest()); east <= bounds.getEast(); east += step) {
    L.polyline(
      [
        [bounds.getSouth(), east],
        [bounds.getNorth(), east],
      ],
      style,
    ).addTo(lines);
    label(lines, [bounds.getSouth(), east], `${Number(east.toFixed(3))}° E`);
  }
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
