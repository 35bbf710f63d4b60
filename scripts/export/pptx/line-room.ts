/** Fits lines into the room beside them. Where the theme's fonts are missing, others set the same words wider. */
import { CANVAS } from './ooxml.ts';
import type { Box, DrawnPart, ShownItem, TextItem } from './shown.ts';

/**
 * Returns items in which a line may no longer run into what stands beside it: its box has a limit there, so that programs can shrink the text,
 * and where even Arial would be too wide its letters are a little smaller.
 */
export function fitLines(items: readonly ShownItem[]): ShownItem[] {
  const obstacles = items.flatMap((item) => (item.type === 'drawing' ? item.parts.flatMap(obstaclesOf) : obstaclesOf(item)));
  return items.map((item) => {
    if (item.type === 'text') return inRoom(item, obstacles);
    if (item.type !== 'drawing') return item;
    return { ...item, parts: item.parts.map((part) => (part.type === 'text' ? inRoom(part, obstacles) : part)) };
  });
}

/** How much wider than Source Sans other fonts are, as shares of a line: Arial, and the widest, such as DejaVu Sans. */
const WIDER = { usual: 0.12, most: 0.35 };
/** The smallest scale of letters. */
const SMALLEST = 0.9;
/** The least distances to what stands beside a line, to the sides of the box around it and to those of the slide, in CSS pixels. */
const DISTANCE = { beside: 6, inside: 3, slide: 12 };

interface Obstacle {
  box: Box;
  /** To which sides a wider font makes it grow. */
  grows: { left: boolean; right: boolean };
}

/** Lines and curves are no obstacles: they touch words on purpose. */
function obstaclesOf(item: Exclude<ShownItem, { type: 'drawing' }> | DrawnPart): Obstacle[] {
  if (item.type === 'path') return [];
  const align = item.type === 'text' && item.tight ? item.paragraphs[0]?.align : undefined;
  return [{ box: item.box, grows: { left: align === 'right' || align === 'center', right: align === 'left' || align === 'center' } }];
}

function inRoom(text: TextItem, obstacles: readonly Obstacle[]): TextItem {
  const { box, tight, decoration, paragraphs } = text;
  if (!tight || decoration) return text;
  const align = paragraphs[0]?.align ?? 'left';
  const { left, right } = roomBeside(box, obstacles);
  const room = Math.max(0, { left: right, right: left, center: 2 * Math.min(left, right) }[align]);
  if (room >= box.width * WIDER.most) return text;
  const scale = Math.max(SMALLEST, Math.min(1, (1 + room / box.width) / (1 + WIDER.usual)));
  const width = Math.max(box.width + room, box.width * scale * (1 + WIDER.usual));
  const x = box.x - { left: 0, right: width - box.width, center: (width - box.width) / 2 }[align];
  const smaller = paragraphs.map((paragraph) => ({
    ...paragraph,
    runs: paragraph.runs.map((run) => ({ ...run, size: run.size * scale })),
  }));
  return { ...text, tight: false, box: { ...box, x, width }, paragraphs: smaller };
}

/** Returns the free room on both sides of a line: up to what stands there, or up to the sides of the box around it. */
function roomBeside(line: Box, obstacles: readonly Obstacle[]): { left: number; right: number } {
  const end = line.x + line.width;
  const room = { left: line.x - DISTANCE.slide, right: CANVAS - DISTANCE.slide - end };
  for (const { box, grows } of obstacles) {
    const isLevel = Math.min(box.y + box.height, line.y + line.height) - Math.max(box.y, line.y) > 2;
    if (box === line || !isLevel) continue;
    const [left, right] = [box.x, box.x + box.width];
    const isAround = left <= line.x + 1 && right >= end - 1;
    // Two texts that grow towards each other share what is between them.
    const between = (gap: number, isShared: boolean) => (gap - DISTANCE.beside) / (isShared ? 2 : 1);
    if (isAround) room.left = Math.min(room.left, line.x - left - DISTANCE.inside);
    else if (right <= line.x + 1) room.left = Math.min(room.left, between(line.x - right, grows.right));
    if (isAround) room.right = Math.min(room.right, right - end - DISTANCE.inside);
    else if (left >= end - 1) room.right = Math.min(room.right, between(left - end, grows.left));
  }
  return room;
}
