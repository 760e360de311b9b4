import L from "leaflet";
import { type ReactNode, useEffect, useRef } from "react";
import "leaflet/dist/leaflet.css";
import { useNavigate } from "@tanstack/react-router";
import { useColours } from "../../../app/colours.ts";
import { linkTo } from "../../../parts/page-link.tsx";
import { cssColour } from "../../../parts/word.tsx";
import { useText } from "../../../strings/language.ts";
import classes from "./map.module.css";
import { graticuleStep, type Mark, markOf, type Place } from "./places.ts";

const colours: Readonly<Record<Mark, string>> = {
  faulted: "red",
  charging: "blue",
  serves: "green",
  waiting: "yellow",
  away: "gray.6",
};

/** Marks on a graticule, drawn by Leaflet without any tiles; load it lazily (`station-map.tsx`). */
export function DrawnMap({ places }: { readonly places: readonly Place[] }): ReactNode {
  const t = useText();
  const navigate = useNavigate();
  const { isDark } = useColours();
  const frame = useRef<HTMLDivElement>(null);
  const map = useRef<L.Map>(undefined);
  const marks = useRef<L.LayerGroup>(undefined);
  const isFitted = useRef(false);

  useEffect(() => {
    if (frame.current === null) return;
    const made = L.map(frame.current, { attributionControl: false, minZoom: 2, maxZoom: 18 });
    made.zoomControl.setPosition("topright");
    made.setView([50, 8], 5);
    const lines = L.layerGroup().addTo(made);
    const redraw = () => drawGraticule(made, lines);
    made.on("moveend", redraw);
    redraw();
    marks.current = L.layerGroup().addTo(made);
    map.current = made;
    return () => {
      made.remove();
      map.current = undefined;
      isFitted.current = false;
    };
  }, []);

  // biome-ignore lint/correctness/useExhaustiveDependencies: the colours of the marks are the theme's
  useEffect(() => {
    const layer = marks.current;
    const drawn = map.current;
    if (layer === undefined || drawn === undefined) return;
    layer.clearLayers();
    for (const place of places) {
      markFor(place, () => {
        const { stationId } = place;
        void navigate(linkTo({ page: "station", params: { stationId } }) as never);
      }).addTo(layer);
    }
    if (places.length === 0 || isFitted.current) return;
    // Once: whoever has moved the map wants it to stay.
    isFitted.current = true;
    const bounds = L.latLngBounds(places.map(({ latitude, longitude }) => [latitude, longitude]));
    drawn.fitBounds(bounds.pad(0.15), { maxZoom: 14, animate: false });
  }, [places, isDark, navigate]);

  return <section ref={frame} className={classes.map} aria-label={t("map.title")} />;
}

function markFor(place: Place, onGo: () => void): L.CircleMarker {
  const mark = markOf(place);
  const made = L.circleMarker([place.latitude, place.longitude], {
    ...{ radius: 7, weight: 2, fillOpacity: 0.9 },
    color: "var(--mantine-color-body)",
    fillColor: cssColour(colours[mark]),
    className: classes.mark ?? "",
  });
  made.bindTooltip(place.stationId);
  made.on("click", onGo);
  return made;
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
