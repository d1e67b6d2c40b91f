/** Cheap logins beside costly ones on two cores: how long the cheap ones wait. */
import { bcryptDigest } from './support/digests.js';
import { loads } from './support/login-load.js';
import { ms, perSecond, type Row, times } from './support/row.js';
import { bcryptjsPool, bcryptService, digestryService } from './support/services.js';
import { present } from './support/versus.js';

const COSTLY = { callers: 48, digest: bcryptDigest(11).passwordDigest };
/** They come at their own pace; more of them would be a load of their own. */
const CHEAP = { callers: 16, digest: bcryptDigest(6).passwordDigest, pauseMs: 250 };
const CROWDS = [COSTLY, CHEAP] as const;
const [COSTLY_AT, CHEAP_AT] = [0, 1];
/** The slowest service needs 4.5 s for a login of each caller. */
const TIMES = { rounds: 2, leadMs: 4000, windowMs: 7000 } as const;

export async function ask(): Promise<Row[]> {
  const ours = digestryService();
  const bcrypt = await bcryptService();
  const pool = bcryptjsPool();
  const services = present([ours, bcrypt, pool]);
  const measured = await loads(services, CROWDS, TIMES);
  await Promise.all(services.map(({ close }) => close()));
  return present([bcrypt, pool]).flatMap((other): Row[] => {
    const { ratio, spread } = measured.more(ours, other, COSTLY_AT);
    const [mine, theirs] = [ours, other].map((service) => measured.latencyMs(service, CHEAP_AT, 0.99));
    return [
      {
        what: `logins, cost 11, ${COSTLY.callers} callers`,
        against: other.name,
        ours: perSecond(measured.rate(ours, COSTLY_AT)),
        theirs: perSecond(measured.rate(other, COSTLY_AT)),
        measured: times(ratio),
        spread,
      },
      {
        what: '  cost 6 beside, latency p99',
        against: other.name,
        ours: ms(mine ?? Number.NaN),
        theirs: ms(theirs ?? Number.NaN),
        measured: times((theirs ?? Number.NaN) / (mine ?? Number.NaN)),
      },
    ];
  });
}
