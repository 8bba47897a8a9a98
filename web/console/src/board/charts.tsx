import { type Bar, dash } from "./figures";

const RADIUS = 52;

/** A share as a ring with its number in the middle. */
export function Ring({ share, label }: { share: number | null; label: string }) {
  const text = share === null ? "—" : `${(share * 100).toFixed(1).replace(/\.0$/, "")}%`;
  return (
    <svg className="ring" viewBox="0 0 140 140" role="img" aria-label={`${label} ${share === null ? "还没有数据" : text}`}>
      <circle cx="70" cy="70" r={RADIUS} fill="none" stroke="#e3eaec" strokeWidth="14" />
      {share !== null && share > 0 && (
        <circle cx="70" cy="70" r={RADIUS} fill="none" stroke="#0b5c6b" strokeWidth="14" strokeDasharray={dash(share, RADIUS)} transform="rotate(-90 70 70)" />
      )}
      <text x="70" y="74" textAnchor="middle" fontSize="25" fontWeight="700" fill="#16262b">
        {text}
      </text>
      <text x="70" y="94" textAnchor="middle" fontSize="13" fill="#51666d">
        {label}
      </text>
    </svg>
  );
}

/** Horizontal bars; every figure stands beside its bar, so that nobody has to guess. */
export function Bars({ bars, unit, tight = false }: { bars: Bar[]; unit: string; tight?: boolean }) {
  const longest = Math.max(...bars.map((bar) => bar.share), 0);
  return (
    <dl className={tight ? "bars tight" : "bars"}>
      {bars.map((bar) => (
        <div key={bar.name}>
          <dt>{bar.name}</dt>
          <dd>
            <span className="bar-track" aria-hidden="true">
              <span className="bar" style={{ width: longest ? `${(bar.share / longest) * 100}%` : 0 }} />
            </span>
            <span className="num">
              {bar.value} {unit}
              <small>{(bar.share * 100).toFixed(0)}%</small>
            </span>
          </dd>
        </div>
      ))}
    </dl>
  );
}

/** Two or three parts of one whole in a single bar. */
export function Split({ parts }: { parts: { name: string; value: number; look: string }[] }) {
  const whole = parts.reduce((sum, part) => sum + part.value, 0);
  return (
    <div className="split">
      <div className="split-bar" aria-hidden="true">
        {parts.map((part) => whole > 0 && part.value > 0 && <span key={part.name} className={part.look} style={{ flexGrow: part.value }} />)}
      </div>
      <dl>
        {parts.map((part) => (
          <div key={part.name}>
            <dt>
              <span className={`split-dot ${part.look}`} aria-hidden="true" /> {part.name}
            </dt>
            <dd className="num">{part.value} 件</dd>
          </div>
        ))}
      </dl>
    </div>
  );
}
