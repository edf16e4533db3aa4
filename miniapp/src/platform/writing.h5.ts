import type { CanvasProps } from '@tarojs/components';
import type { Hand, Place } from './contract';

/** Browsers tell of fingers, pens and mice by the same events; those of iOS before 13 know touches only. */
export function writing(hand: Hand): CanvasProps {
  return 'PointerEvent' in window ? byPointer(hand) : byTouch(hand);
}

/** The pointer that writes is the one that the canvas has captured: it is heard of wherever it goes. */
function byPointer(hand: Hand): object {
  return {
    onPointerDown(event: PointerEvent) {
      if (event.button !== 0 || !hand.down(placeOf(event, event.pressure, event.target))) return;
      // Or a mouse would mark the text beside the pad.
      event.preventDefault();
      (event.target as Element).setPointerCapture(event.pointerId);
    },
    onPointerMove(event: PointerEvent) {
      const canvas = event.target as Element;
      if (!canvas.hasPointerCapture(event.pointerId)) return;
      hand.move(placeOf(event, event.pressure, canvas));
      // A finger slips over the edge and comes back; a mouse or a pen has gone elsewhere. While another button of a mouse is held,
      // letting the left one go is a move.
      const hasLeft = event.pointerType !== 'touch' && isOutside(event, canvas);
      if (hasLeft || (event.buttons & 1) === 0) canvas.releasePointerCapture(event.pointerId);
    },
    // However it was lost: let go, left, or taken by the system.
    onLostPointerCapture: () => hand.up(),
  };
}

function byTouch(hand: Hand): object {
  const at = (tell: (place: Place) => unknown) => (event: TouchEvent) => {
    const [touch] = Array.from(event.touches);
    if (touch) tell(placeOf(touch, touch.force, event.target));
  };
  const lifted = ({ touches }: TouchEvent) => {
    if (touches.length === 0) hand.up();
  };
  return {
    onTouchStart: at(hand.down),
    onTouchMove: at(hand.move),
    onTouchEnd: lifted,
    onTouchCancel: lifted,
  };
}

interface OnScreen {
  clientX: number;
  clientY: number;
}

/** Measured at each event: a page that slides in moves the canvas. */
function placeOf({ clientX, clientY }: OnScreen, pressure: number, canvas: EventTarget | null): Place {
  const { left, top } = (canvas as Element).getBoundingClientRect();
  // Devices that feel no pressure say 0, 0.5 or 1, always (Pointer Events, 4.1).
  const isFelt = ![0, 0.5, 1].includes(pressure);
  return { x: clientX - left, y: clientY - top, ...(isFelt && { pressure }) };
}

function isOutside({ clientX, clientY }: OnScreen, canvas: Element): boolean {
  const { left, right, top, bottom } = canvas.getBoundingClientRect();
  return clientX < left || clientX > right || clientY < top || clientY > bottom;
}
