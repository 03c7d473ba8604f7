/** The published rule by which the cells of a map are compared, in words. */
import { fewestForInterval } from '#experiment/result/confidence-interval.ts'

export function MapRule() {
  return (
    <details class="map-rule">
      <summary>How cells are compared</summary>
      <p>
        Every cell is trained with the same seeds, so its runs are paired with those of every other cell: a pair starts
        from the same weights and sees the examples in the same order. The best cell is the one with the best mean.
        Another cell is outlined if the 95 % confidence interval of its mean difference from the best, by Student’s t
        distribution over the pairs, contains 0: these runs cannot tell the two apart. That is not proof that they are
        equal, and more seeds may part them. It takes {fewestForInterval} seeds or more.
      </p>
      <p>
        The best of many cells is partly the luckiest, on these seeds and on these test examples; its own number
        flatters it. One in twenty of the cells that are as good as the best is left outside of the outline by chance. A
        cell in which a run diverged, never reached the accuracy or has too few epochs to be measured is not compared.
      </p>
      <p>
        Bars along the lower edge: some or all runs diverged. Dots along the upper edge: most runs are still learning,
        their accuracy drifts by more than their instability explains (more than 3 standard errors over the last
        quarter). Instability and churn are measured from 40 epochs on.
      </p>
    </details>
  )
}
