/** The bibliography: the list of further reading, and the sources that the text cites. */

interface Source {
  /** The citation in the text. */
  short: string
  authors: string
  year: number
  title: string
  /** Where it was published. */
  place: string
  url: string
  /** A comment on its content. */
  note: string
}

export const sources = {
  goodfellow: {
    short: 'Goodfellow, Bengio and Courville (2016)',
    authors: 'Ian Goodfellow, Yoshua Bengio and Aaron Courville',
    year: 2016,
    title: 'Deep Learning',
    place: 'MIT Press, section 8.1.3',
    url: 'https://www.deeplearningbook.org/contents/optimization.html',
    note: 'The textbook on batch and mini-batch algorithms: why an estimate of the gradient is enough.',
  },
  bengio: {
    short: 'Bengio (2012)',
    authors: 'Yoshua Bengio',
    year: 2012,
    title: 'Practical Recommendations for Gradient-Based Training of Deep Architectures',
    place: 'Neural Networks: Tricks of the Trade, Springer',
    url: 'https://arxiv.org/abs/1206.5533',
    note: 'Where the habit of starting with 32 has its roots, with advice on the learning rate.',
  },
  masters: {
    short: 'Masters and Luschi (2018)',
    authors: 'Dominic Masters and Carlo Luschi',
    year: 2018,
    title: 'Revisiting Small Batch Training for Deep Neural Networks',
    place: 'arXiv',
    url: 'https://arxiv.org/abs/1804.07612',
    note: 'Image classifiers over many batch sizes: the best results came from 2 to 32.',
  },
  smith: {
    short: 'Smith et al. (2018)',
    authors: 'Samuel L. Smith, Pieter-Jan Kindermans, Chris Ying and Quoc V. Le',
    year: 2018,
    title: 'Don’t Decay the Learning Rate, Increase the Batch Size',
    place: 'ICLR',
    url: 'https://arxiv.org/abs/1711.00489',
    note: 'Growing the batch during training does much of what shrinking the learning rate does.',
  },
  goyal: {
    short: 'Goyal et al. (2017)',
    authors: 'Priya Goyal, Piotr Dollár, Ross Girshick, Pieter Noordhuis and others',
    year: 2017,
    title: 'Accurate, Large Minibatch SGD: Training ImageNet in 1 Hour',
    place: 'arXiv',
    url: 'https://arxiv.org/abs/1706.02677',
    note: 'A learning rate that grows with the batch size, and a warmup for the beginning.',
  },
  mccandlish: {
    short: 'McCandlish et al. (2018)',
    authors: 'Sam McCandlish, Jared Kaplan, Dario Amodei and the OpenAI Dota Team',
    year: 2018,
    title: 'An Empirical Model of Large-Batch Training',
    place: 'arXiv',
    url: 'https://arxiv.org/abs/1812.06162',
    note: 'The noise scale, and up to which batch size a larger one pays.',
  },
  cohen: {
    short: 'Cohen et al. (2021)',
    authors: 'Jeremy M. Cohen, Simran Kaur, Yuanzhi Li, J. Zico Kolter and Ameet Talwalkar',
    year: 2021,
    title: 'Gradient Descent on Neural Networks Typically Occurs at the Edge of Stability',
    place: 'ICLR',
    url: 'https://arxiv.org/abs/2103.00065',
    note: 'Full-batch training at the curvature where its steps are just too long.',
  },
  keskar: {
    short: 'Keskar et al. (2017)',
    authors: 'Nitish Shirish Keskar, Dheevatsa Mudigere, Jorge Nocedal, Mikhail Smelyanskiy and Ping Tak Peter Tang',
    year: 2017,
    title: 'On Large-Batch Training for Deep Learning: Generalization Gap and Sharp Minima',
    place: 'ICLR',
    url: 'https://arxiv.org/abs/1609.04836',
    note: 'Large networks that did worse on new data with large batches, and where their minima are sharper.',
  },
  hoffer: {
    short: 'Hoffer et al. (2017)',
    authors: 'Elad Hoffer, Itay Hubara and Daniel Soudry',
    year: 2017,
    title: 'Train Longer, Generalize Better: Closing the Generalization Gap in Large Batch Training of Neural Networks',
    place: 'NeurIPS',
    url: 'https://arxiv.org/abs/1705.08741',
    note: 'That gap comes from the smaller number of updates, and closes when the training is longer.',
  },
  shallue: {
    short: 'Shallue et al. (2019)',
    authors: 'Christopher J. Shallue, Jaehoon Lee, Joseph Antognini, Jascha Sohl-Dickstein and others',
    year: 2019,
    title: 'Measuring the Effects of Data Parallelism on Neural Network Training',
    place: 'Journal of Machine Learning Research 20(112)',
    url: 'https://arxiv.org/abs/1811.03600',
    note: 'Many tasks over many batch sizes, each tuned: no rule for the learning rate holds for all of them.',
  },
  malladi: {
    short: 'Malladi et al. (2022)',
    authors: 'Sadhika Malladi, Kaifeng Lyu, Abhishek Panigrahi and Sanjeev Arora',
    year: 2022,
    title: 'On the SDEs and Scaling Rules for Adaptive Gradient Algorithms',
    place: 'NeurIPS',
    url: 'https://arxiv.org/abs/2205.10287',
    note: 'Why the learning rate of Adam should grow with the square root of the batch size.',
  },
  kingma: {
    short: 'Adam (Kingma and Ba, 2015)',
    authors: 'Diederik P. Kingma and Jimmy Ba',
    year: 2015,
    title: 'Adam: A Method for Stochastic Optimization',
    place: 'ICLR',
    url: 'https://arxiv.org/abs/1412.6980',
    note: 'The optimizer, and why its steps are about as long whatever the gradient.',
  },
  neumann: {
    short: 'von Neumann et al. (1941)',
    authors: 'John von Neumann, Robert H. Kent, H. R. Bellinson and Barbara I. Hart',
    year: 1941,
    title: 'The Mean Square Successive Difference',
    place: 'The Annals of Mathematical Statistics 12(2)',
    url: 'https://doi.org/10.1214/aoms/1177731746',
    note: 'How to measure the spread of values whose level moves: what our instability is.',
  },
  fieller: {
    short: 'Fieller (1954)',
    authors: 'Edgar C. Fieller',
    year: 1954,
    title: 'Some Problems in Interval Estimation',
    place: 'Journal of the Royal Statistical Society B 16(2)',
    url: 'https://doi.org/10.1111/j.2517-6161.1954.tb00159.x',
    note: 'The interval of a ratio of two means: what stands in brackets after “times”.',
  },
  brownlee: {
    short: 'Brownlee (2020)',
    authors: 'Jason Brownlee',
    year: 2020,
    title: 'How to Control the Stability of Training Neural Networks With the Batch Size',
    place: 'Machine Learning Mastery',
    url: 'https://machinelearningmastery.com/how-to-control-the-speed-and-stability-of-training-neural-networks-with-gradient-descent-batch-size/',
    note: 'The tutorial that this one reproduces and extends: same data, same network, one run of each experiment.',
  },
} as const satisfies Record<string, Source>

export type SourceName = keyof typeof sources
