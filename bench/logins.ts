/** Logins a second with bcrypt cost 10, 64 callers on two cores, through the public API. */
import { bcryptDigest } from './support/digests.js';
import { loads } from './support/login-load.js';
import { ms, perSecond, type Row, times } from './support/row.js';
import { bcryptjsPool, bcryptService, digestryService } from './support/services.js';
import { present } from './support/versus.js';

const CALLERS = 64;
/** The slowest service needs 3 s for a login of each caller. */
const TIMES = { rounds: 3, leadMs: 3000, windowMs: 6000 } as const;

export async function ask(): Promise<Row[]> {
  const ours = digestryService();
  const bcrypt = await bcryptService();
  const pool = bcryptjsPool();
  const services = present([ours, bcrypt, pool]);
  const crowd = { callers: CALLERS, digest: bcryptDigest(10).passwordDigest };
  const measured = await loads(services, [crowd], TIMES);
  await Promise.all(services.map(({ close }) => close()));
  const latency = (service: typeof ours, q: number): number => measured.latencyMs(service, 0, q);
  return present([bcrypt, pool]).flatMap((other): Row[] => {
    const { ratio, spread } = measured.more(ours, other, 0);
    const wanted = other === bcrypt;
    const least = (value: number) => (wanted ? { wanted: { least: value } } : {});
    return [
      {
        what: `logins, ${CALLERS} callers, 2 cores`,
        against: other.name,
        ours: perSecond(measured.rate(ours, 0)),
        theirs: perSecond(measured.rate(other, 0)),
        measured: times(ratio),
        spread,
        ...least(2),
      },
      ...([50, 99] as const).map((percentile) => {
        const [mine, theirs] = [latency(ours, percentile / 100), latency(other, percentile / 100)];
        return {
          what: `  latency, p${percentile}`,
          against: other.name,
          ours: ms(mine),
          theirs: ms(theirs),
          measured: times(theirs / mine),
          ...(percentile === 99 ? least(1) : {}),
        };
      }),
      {
        what: '  event-loop delay, p99',
        against: other.name,
        ours: ms(measured.loopDelayMs(ours)),
        theirs: ms(measured.loopDelayMs(other)),
        measured: ms(measured.loopDelayMs(ours)),
        ...(wanted && { wanted: { most: 10 } }),
      },
    ];
  });
}
