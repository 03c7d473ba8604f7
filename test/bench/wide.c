/*
 * A plain C program that trains 64-50-10 on rows like those of the handwritten digits, as a yardstick for the kernel:
 * ReLU, softmax cross-entropy, gradient descent with momentum 0.9, shuffled, both halves evaluated after every epoch.
 * Loops go over rows outside and units inside, and vectors are left to the compiler:
 *
 *   gcc -O3 -msse4.1 -ffast-math wide.c -lm -o wide && ./wide 32 20
 *
 * prints the fewest milliseconds per epoch, at batch size 32, of 20 measurements of a few epochs each, and the accuracy on
 * the training rows. A batch size of 899 is the full batch.
 */
#include <math.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#define INPUTS 64
#define UNITS 50
#define CLASSES 10
#define TRAIN 899
#define TEST 898
#define EPOCHS_AT_ONCE 1
#define MOMENTUM 0.9f

typedef struct {
  float w1[INPUTS][UNITS], b1[UNITS], w2[UNITS][CLASSES], b2[CLASSES];
} Parameters;

static Parameters parameters, velocities, gradients;
static float train_inputs[TRAIN][INPUTS], test_inputs[TEST][INPUTS];
static int train_labels[TRAIN], test_labels[TEST], order[TRAIN];
static uint64_t state = 1;

/* The upper bits of a linear congruential generator. */
static uint32_t next(void) {
  state = state * 6364136223846793005u + 1442695040888963407u;
  return (uint32_t)(state >> 33);
}

static float unit(void) { return (float)next() / 2147483648.0f; }

/* Rows of whole numbers from 0 to 16 around a pattern of their class, scaled to about unit variance. */
static void draw_rows(int rows, float inputs[][INPUTS], int *labels, float patterns[CLASSES][INPUTS]) {
  for (int row = 0; row < rows; row++) {
    labels[row] = (int)(next() % CLASSES);
    for (int i = 0; i < INPUTS; i++) {
      float value = roundf(patterns[labels[row]][i] + 28.0f * unit() - 14.0f);
      inputs[row][i] = (fminf(16.0f, fmaxf(0.0f, value)) - 8.0f) / 5.0f;
    }
  }
}

/* The activations and logits of a row. */
static void forward(const float *restrict x, float *restrict h, float *restrict z) {
  for (int j = 0; j < UNITS; j++) h[j] = parameters.b1[j];
  for (int i = 0; i < INPUTS; i++)
    for (int j = 0; j < UNITS; j++) h[j] += x[i] * parameters.w1[i][j];
  for (int j = 0; j < UNITS; j++) h[j] = h[j] > 0 ? h[j] : 0;
  for (int c = 0; c < CLASSES; c++) z[c] = parameters.b2[c];
  for (int j = 0; j < UNITS; j++)
    for (int c = 0; c < CLASSES; c++) z[c] += h[j] * parameters.w2[j][c];
}

/* Turns logits into probabilities. Returns the loss, and adds 1 to hits if the label has the largest. */
static float softmax(float *restrict z, int label, int *hits) {
  int best = 0;
  for (int c = 1; c < CLASSES; c++)
    if (z[c] > z[best]) best = c;
  float largest = z[best], own = z[label], sum = 0;
  for (int c = 0; c < CLASSES; c++) sum += z[c] = expf(z[c] - largest);
  for (int c = 0; c < CLASSES; c++) z[c] /= sum;
  *hits += best == label;
  return logf(sum) + largest - own;
}

static float learn(const float *restrict x, int label, int *hits) {
  float h[UNITS], z[CLASSES], d[UNITS];
  forward(x, h, z);
  float loss = softmax(z, label, hits);
  z[label] -= 1;
  for (int j = 0; j < UNITS; j++) {
    float sum = 0;
    for (int c = 0; c < CLASSES; c++) {
      sum += parameters.w2[j][c] * z[c];
      gradients.w2[j][c] += h[j] * z[c];
    }
    d[j] = h[j] > 0 ? sum : 0;
  }
  for (int c = 0; c < CLASSES; c++) gradients.b2[c] += z[c];
  for (int i = 0; i < INPUTS; i++)
    for (int j = 0; j < UNITS; j++) gradients.w1[i][j] += x[i] * d[j];
  for (int j = 0; j < UNITS; j++) gradients.b1[j] += d[j];
  return loss;
}

static void update(float rate) {
  float *w = (float *)&parameters, *v = (float *)&velocities, *g = (float *)&gradients;
  for (size_t i = 0; i < sizeof(Parameters) / sizeof(float); i++) {
    v[i] = MOMENTUM * v[i] + rate * g[i];
    w[i] -= v[i];
    g[i] = 0;
  }
}

static float evaluate(int rows, float inputs[][INPUTS], const int *labels, int *hits) {
  float loss = 0, h[UNITS], z[CLASSES];
  *hits = 0;
  for (int row = 0; row < rows; row++) {
    forward(inputs[row], h, z);
    loss += softmax(z, labels[row], hits);
  }
  return loss / (float)rows;
}

static float total = 0;
static int train_hits, test_hits;

static void epoch(int batch, float rate) {
  int running = 0;
  for (int i = TRAIN - 1; i > 0; i--) {
    int j = (int)(next() % (uint32_t)(i + 1)), kept = order[i];
    order[i] = order[j];
    order[j] = kept;
  }
  for (int start = 0; start < TRAIN; start += batch) {
    int count = start + batch < TRAIN ? batch : TRAIN - start;
    for (int k = 0; k < count; k++) {
      int row = order[start + k];
      total += learn(train_inputs[row], train_labels[row], &running);
    }
    update(rate / (float)count);
  }
  total += evaluate(TRAIN, train_inputs, train_labels, &train_hits);
  total += evaluate(TEST, test_inputs, test_labels, &test_hits);
}

static double milliseconds(void) {
  struct timespec now;
  clock_gettime(CLOCK_MONOTONIC, &now);
  return (double)now.tv_sec * 1e3 + (double)now.tv_nsec / 1e6;
}

int main(int count, char **arguments) {
  if (count < 3) return 2;
  int batch = atoi(arguments[1]), rounds = atoi(arguments[2]);
  float patterns[CLASSES][INPUTS], rate = batch == 1 ? 0.001f : 0.01f, best = 1e9f;
  for (int c = 0; c < CLASSES; c++)
    for (int i = 0; i < INPUTS; i++) patterns[c][i] = 16.0f * unit();
  draw_rows(TRAIN, train_inputs, train_labels, patterns);
  draw_rows(TEST, test_inputs, test_labels, patterns);
  for (int row = 0; row < TRAIN; row++) order[row] = row;
  for (int i = 0; i < INPUTS; i++)
    for (int j = 0; j < UNITS; j++) parameters.w1[i][j] = (2 * unit() - 1) * sqrtf(6.0f / INPUTS);
  for (int j = 0; j < UNITS; j++)
    for (int c = 0; c < CLASSES; c++) parameters.w2[j][c] = (2 * unit() - 1) * sqrtf(6.0f / (UNITS + CLASSES));
  for (int warm = 0; warm < 5; warm++) epoch(batch, rate);
  for (int round = 0; round < rounds; round++) {
    double start = milliseconds();
    for (int e = 0; e < EPOCHS_AT_ONCE; e++) epoch(batch, rate);
    double took = (milliseconds() - start) / EPOCHS_AT_ONCE;
    if (took < best) best = (float)took;
  }
  /* The sum of losses is printed so that no compiler leaves them out. */
  printf("%.4f %.3f %g\n", best, (double)train_hits / TRAIN, total);
  return 0;
}
