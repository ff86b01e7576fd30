import { type EventObject, eventObjectCell } from '../events.ts';
import { humanDuration } from '../human-duration.ts';
import { layout, type TableLayout } from './table.ts';

const plain = ['LAST SEEN', 'TYPE', 'REASON', 'OBJECT', 'MESSAGE'];
const wide = ['LAST SEEN', 'TYPE', 'REASON', 'OBJECT', 'SUBOBJECT', 'SOURCE', 'MESSAGE', 'FIRST SEEN', 'COUNT', 'NAME'];

const rows = layout<EventObject>(plain, [], (event, options) => {
  const { type, reason, message, source, count, firstTimestamp, lastTimestamp, metadata } = event;
  const cells = [humanDuration(options.now - lastTimestamp), type, reason, eventObjectCell(event)];
  if (!options.wide) return [...cells, message];
  return [...cells, '', source.component, message, humanDuration(options.now - firstTimestamp), String(count), metadata.name];
});

/**
 * Models: pkg/printers/internalversion/printers.go printEvent, v1.37.
 *
 * @models partly kubectl get events: sub-objects and the hosts of sources are left out
 */
export const eventTable: TableLayout = { header: (isWide) => (isWide ? wide : plain), row: rows.row };
