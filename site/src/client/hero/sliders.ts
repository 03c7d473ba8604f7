/** Places of a slider of the first screen, from its one end to the other. */
export const sliderSteps = 1000
