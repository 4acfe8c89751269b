//! What a step does to the nets, seen from inside.

use burn::{
    module::{ModuleMapper, ModuleVisitor, Param},
    optim::GradientsParams,
};

use super::*;
use crate::{
    checkpoint::Model,
    data::Shape,
    device::rows,
    experiment::{Activation, Net, Objective, Optimiser, presets::healthy},
    nets::Examples,
    objective::Scores,
    train::{LayerChange, Shown, gradients},
};

/// All weights of a net, one after another.
fn weights(net: &impl Module) -> Vec<f32> {
    struct Collect(Vec<f32>);
    impl ModuleVisitor for Collect {
        fn visit_float<const D: usize>(&mut self, param: &Param<Tensor<D>>) {
            self.0
                .extend(param.val().into_data().try_to_vec::<f32>().unwrap());
        }
    }
    let mut collect = Collect(Vec::new());
    net.visit(&mut collect);
    collect.0
}

fn small(change: impl FnOnce(&mut Experiment)) -> Experiment {
    let mut experiment = healthy();
    let net = Net::Mlp {
        hidden: vec![16],
        activation: Activation::LeakyRelu,
    };
    experiment.generator = net.clone();
    experiment.discriminator = net;
    change(&mut experiment);
    experiment
}

fn trainer(change: impl FnOnce(&mut Experiment)) -> Trainer {
    Trainer::new(&small(change), Vec::new(), &Device::flex().autodiff()).unwrap()
}

fn settings(trainer: &Trainer) -> StepSettings {
    StepSettings::at(&trainer.experiment, trainer.step)
}

#[test]
fn each_phase_leaves_the_other_net_frozen() {
    let mut trainer = trainer(|run| run.objective = Objective::Relativistic {});
    let settings = settings(&trainer);
    let before = (
        weights(&trainer.generator.net),
        weights(&trainer.discriminator.net),
    );
    trainer.discriminator_phase(&settings, true, None);
    assert_eq!(weights(&trainer.generator.net), before.0);
    let taught = weights(&trainer.discriminator.net);
    assert_ne!(taught, before.1);
    trainer.generator_phase(&settings, true, None);
    assert_ne!(weights(&trainer.generator.net), before.0);
    assert_eq!(weights(&trainer.discriminator.net), taught);
}

#[test]
fn a_net_without_updates_is_watched_but_not_changed() {
    let mut trainer = trainer(|run| run.training.g_updates = 0);
    let before = weights(&trainer.generator.net);
    trainer.step();
    assert_eq!(weights(&trainer.generator.net), before);
    let report = pollster::block_on(trainer.report()).unwrap();
    assert_eq!(report.generator_losses.len(), 1);
}

#[test]
fn with_a_head_start_the_generator_waits() {
    let mut trainer = trainer(|run| run.stabilisers.d_head_start = 2);
    let (g, d) = (
        weights(&trainer.generator.net),
        weights(&trainer.discriminator.net),
    );
    trainer.step();
    trainer.step();
    assert_eq!(weights(&trainer.generator.net), g);
    assert_ne!(weights(&trainer.discriminator.net), d);
    trainer.step();
    assert_ne!(weights(&trainer.generator.net), g);
}

#[test]
fn clipped_weights_stay_within_their_bound() {
    let mut trainer = trainer(|run| run.lipschitz.weight_clip = 0.05);
    for _ in 0..3 {
        trainer.step();
    }
    let clipped = weights(&trainer.discriminator.net);
    assert!(clipped.iter().all(|weight| weight.abs() <= 0.05));
    // And still learn: not all sit at the bound.
    let before = clipped.clone();
    trainer.step();
    assert_ne!(weights(&trainer.discriminator.net), before);
}

fn average_of(trainer: &Trainer) -> Vec<f32> {
    let average = trainer.average.as_ref().unwrap().weights().clone();
    weights(&trainer.generator.net_of(average))
}

/// After one update an average that keeps k of itself stands at k start + (1 - k) now.
#[test]
fn the_average_follows_the_generator() {
    let mut trainer = trainer(|run| run.stabilisers.ema_half_life = 100.0);
    let start = weights(&trainer.generator.net);
    trainer.step();
    let now = weights(&trainer.generator.net);
    let average = average_of(&trainer);
    // The first update of a young average keeps a tenth.
    for ((start, now), average) in start.iter().zip(&now).zip(&average) {
        let expected = 0.1 * start + 0.9 * now;
        assert!(
            (average - expected).abs() < 1e-6,
            "{average} for {expected}"
        );
    }
    assert_eq!(weights(&trainer.shown_generator()), average);
    let mut live = trainer.experiment.clone();
    live.stabilisers.ema_shown = false;
    trainer.change(&live).unwrap();
    assert_eq!(weights(&trainer.shown_generator()), now);
}

/// A D without hidden layers whose loss is its mean score at (2, -3): its gradient is (2, -3) and 1 for the bias,
/// whatever its weights.
fn linear(optimiser: &Optimiser) -> (Player<Discriminator>, Examples) {
    let device = Device::flex().autodiff();
    let net = Discriminator::new(
        &Net::Mlp {
            hidden: vec![],
            activation: Activation::Relu,
        },
        Judged {
            shape: Shape::POINT,
            classes: 0,
            packing: 1,
        },
        None,
        &mut rng::stream(1, Stream::DiscriminatorWeights),
        &device,
    );
    let examples = Examples {
        rows: rows(vec![2.0, -3.0], 1, &device.inner()),
        classes: None,
    };
    (Player::new(net, optimiser), examples)
}

const GRADIENT: [f32; 3] = [2.0, -3.0, 1.0];

/// Two steps under a constant gradient, against what each optimiser's paper gives in closed form.
#[test]
fn optimisers_take_the_steps_of_their_papers() {
    const RATE: f32 = 0.1;
    let two_steps = |optimiser: Optimiser| {
        let (mut player, examples) = linear(&optimiser);
        let before = weights(&player.net);
        for _ in 0..2 {
            let loss = player.net.forward(examples.clone()).mean();
            player.descend(&loss, RATE.into(), 0.0, 0.0);
        }
        let after = weights(&player.net);
        (before, after)
    };
    let check = |optimiser: Optimiser, expected: &dyn Fn(f32, f32) -> f32| {
        let (before, after) = two_steps(optimiser.clone());
        for ((before, after), gradient) in before.iter().zip(&after).zip(GRADIENT) {
            let expected = expected(*before, gradient);
            assert!(
                (after - expected).abs() < 1e-5,
                "{optimiser:?}: {before} became {after}, not {expected}"
            );
        }
    };
    check(Optimiser::Sgd {}, &|w, g| w - RATE * 2.0 * g);
    // v = g, then 0.9 g + g.
    check(Optimiser::Momentum { momentum: 0.9 }, &|w, g| {
        w - RATE * (1.0 + 1.9) * g
    });
    // The running mean of squares is 0.01 g^2, then 0.0199 g^2.
    check(Optimiser::RmsProp { decay: 0.99 }, &|w, g| {
        w - RATE * g.signum() * (1.0 / 0.01f32.sqrt() + 1.0 / 0.0199f32.sqrt())
    });
    // With its bias corrected, each mean of a constant is that constant (Kingma & Ba 2015, section 3).
    let (beta1, beta2) = (0.5, 0.999);
    check(Optimiser::Adam { beta1, beta2 }, &|w, g| {
        w - 2.0 * RATE * g.signum()
    });
    // Decay first, and apart from the gradient (Loshchilov & Hutter 2019, algorithm 2).
    let adam_w = Optimiser::AdamW {
        beta1,
        beta2,
        weight_decay: 0.2,
    };
    check(adam_w, &|w, g| {
        let step = |w: f32| w * (1.0 - RATE * 0.2) - RATE * g.signum();
        step(step(w))
    });
}

#[test]
fn a_gradient_is_clipped_as_a_whole() {
    // The norm of (2, -3, 1) is sqrt(14).
    let moved = |clip: f64| {
        let (mut player, examples) = linear(&Optimiser::Sgd {});
        let before = weights(&player.net);
        let loss = player.net.forward(examples).mean();
        player.descend(&loss, 1.0, clip, 0.0);
        let after = weights(&player.net);
        before
            .iter()
            .zip(&after)
            .map(|(before, after)| before - after)
            .collect::<Vec<_>>()
    };
    for (moved, gradient) in moved(1.0).iter().zip(GRADIENT) {
        assert!((moved - gradient / 14f32.sqrt()).abs() < 1e-5);
    }
    for (moved, gradient) in moved(10.0).iter().zip(GRADIENT) {
        assert!((moved - gradient).abs() < 1e-5);
    }
}

#[test]
fn parameters_are_called_by_their_place_in_the_net() {
    let (player, examples) = linear(&Optimiser::Sgd {});
    let squares = player.squared_norms(&player.net.forward(examples).mean());
    let named: Vec<(String, f32)> = squares
        .into_iter()
        .map(|(name, square)| (name, square.into_scalar()))
        .collect();
    assert_eq!(
        named,
        [
            ("output.weight".to_owned(), 13.0),
            ("output.bias".to_owned(), 1.0)
        ]
    );
}

/// Descending along the gradient of D's loss lowers it at the rate that the gradient's norm foretells:
/// the whole of a phase, autodiff included, against finite differences of the loss itself.
#[test]
fn gradients_agree_with_finite_differences() {
    let trainer = trainer(|run| run.training.batch = 16);
    let objective = trainer.experiment.objective;
    let inputs = |seed| {
        let mut rng = rng::stream(seed, Stream::Noise);
        Examples {
            rows: rows(rng::normals(&mut rng, 32, 1.0), 16, &trainer.device),
            classes: None,
        }
    };
    let (real, fake) = (inputs(1), inputs(2));
    let loss = |net: &Discriminator| {
        let (real, fake) = (net.forward(real.clone()), net.forward(fake.clone()));
        objective.discriminator_loss(Scores::of(real, fake))
    };
    let net = trainer.discriminator.net.clone();
    let mut found = loss(&net).backward();
    let found = GradientsParams::from_module(&mut found, &net);
    let square: f32 = gradients::squared_norms(&net, &found)
        .into_iter()
        .map(|(_, square)| square.into_scalar::<f32>())
        .sum();

    struct Along<'a>(&'a GradientsParams, f32);
    impl ModuleMapper for Along<'_> {
        fn map_float<const D: usize>(&mut self, param: Param<Tensor<D>>) -> Param<Tensor<D>> {
            let gradient = self.0.get::<D>(param.id).unwrap();
            let step = self.1;
            param.map(|weights| Tensor::from_inner(weights.inner() + gradient * step))
        }
    }
    let at = |step| loss(&net.clone().map(&mut Along(&found, step))).into_scalar::<f32>();
    let measured = (at(1e-3) - at(-1e-3)) / 2e-3;
    assert!(
        (measured / square - 1.0).abs() < 1e-2,
        "finite differences {measured}, squared norm of the gradient {square}"
    );
}

/// Everything at once, for a few steps, on every objective: nothing may be out of shape.
#[test]
fn all_settings_go_together() {
    for objective in [
        Objective::Minimax {
            label_smoothing: 0.1,
        },
        Objective::LeastSquares {
            label_smoothing: 0.1,
        },
        Objective::Hinge {},
        Objective::Wasserstein {},
        Objective::Relativistic {},
    ] {
        let mut trainer = trainer(|run| {
            run.objective = objective;
            run.conditional = true;
            run.training.batch = 24;
            run.lipschitz.gradient_penalty = 0.1;
            run.lipschitz.r1 = 0.1;
            run.lipschitz.r2 = 0.1;
            run.lipschitz.weight_clip = 1.0;
            run.lipschitz.spectral_norm = true;
            run.stabilisers.packing = 2;
            run.stabilisers.instance_noise = 0.1;
            run.stabilisers.gradient_clip = 1.0;
            run.stabilisers.ema_half_life = 10.0;
        });
        for _ in 0..3 {
            trainer.step();
        }
        let report = pollster::block_on(trainer.report()).unwrap();
        assert_eq!(report.discriminator_losses.len(), 3);
        let (measures, _) = pollster::block_on(trainer.measure()).unwrap();
        assert!(measures.generator_gradients.total > 0.0);
        assert_eq!(measures.generator_gradients.layers.len(), 2);
        assert!(measures.labels.is_some());
        assert!(measures.figure.unwrap().asked_for.is_some());
        let samples = pollster::block_on(trainer.sample(10)).unwrap();
        assert_eq!(samples.len(), 20);
    }
}

#[test]
fn measuring_does_not_change_training() {
    let run = |measured: bool| {
        let mut trainer = trainer(|run| run.stabilisers.instance_noise = 0.1);
        for _ in 0..3 {
            trainer.step();
            if measured {
                pollster::block_on(trainer.measure()).unwrap();
            }
        }
        weights(&trainer.generator.net)
    };
    assert_eq!(run(false), run(true));
}

/// A run that goes on from its file takes the very steps that it would have taken, but for the optimisers' memory, which
/// plain gradient descent has not.
#[test]
fn a_run_goes_on_from_its_file() {
    let change = |run: &mut Experiment| {
        run.optimiser = crate::experiment::Optimiser::Sgd {};
        run.stabilisers.ema_half_life = 10.0;
        run.lipschitz.spectral_norm = true;
    };
    let mut trainer = trainer(change);
    for _ in 0..5 {
        trainer.step();
    }
    let bytes = pollster::block_on(trainer.save(Vec::new())).unwrap();
    let mut again = self::trainer(change);
    let model = Model::read(&bytes, &Device::flex()).unwrap();
    again.resume(&model).unwrap();
    assert_eq!(again.steps(), 5);
    assert_eq!(
        weights(&again.generator.net),
        weights(&trainer.generator.net)
    );
    assert_eq!(
        weights(&again.discriminator.net),
        weights(&trainer.discriminator.net)
    );
    assert_eq!(average_of(&again), average_of(&trainer));
    // The same bytes again, and a snapshot has what is shown.
    assert_eq!(pollster::block_on(again.save(Vec::new())).unwrap(), bytes);
    let snapshot = pollster::block_on(again.snapshot()).unwrap();
    let shown = Model::read(&snapshot, &Device::flex()).unwrap();
    let shown = shown.generator(&Device::flex()).unwrap();
    assert_eq!(weights(&shown), weights(&again.shown_generator()));
}

#[test]
fn a_model_of_other_nets_is_refused_and_changes_nothing() {
    let mut trainer = trainer(|_| {});
    let other = self::trainer(|run| run.noise.dims += 1);
    let bytes = pollster::block_on(other.save(Vec::new())).unwrap();
    let before = weights(&trainer.generator.net);
    let model = Model::read(&bytes, &Device::flex()).unwrap();
    let error = trainer.resume(&model).unwrap_err().to_string();
    assert!(error.contains("it is a model of 2 numbers from"), "{error}");
    assert_eq!(weights(&trainer.generator.net), before);
    assert_eq!(trainer.steps(), 0);
}

/// A run that goes on elsewhere takes the very steps that it would have taken, optimisers, average and streams included.
#[test]
fn a_run_goes_on_from_its_state() {
    let change = |run: &mut Experiment| {
        run.stabilisers.ema_half_life = 10.0;
        run.stabilisers.instance_noise = 0.1;
        run.conditional = true;
        run.lipschitz.gradient_penalty = 0.1;
    };
    let mut stays = trainer(change);
    for _ in 0..5 {
        stays.step();
    }
    let state = pollster::block_on(stays.state()).unwrap();
    let mut moves = trainer(change);
    moves.step();
    moves.restore(&state).unwrap();
    assert_eq!(moves.steps(), 5);
    for _ in 0..3 {
        stays.step();
        moves.step();
    }
    let all = |trainer: &Trainer| {
        let nets = [weights(&trainer.generator.net), average_of(trainer)].concat();
        [nets, weights(&trainer.discriminator.net)].concat()
    };
    assert_eq!(all(&moves), all(&stays));
}

#[test]
fn a_state_of_something_else_changes_nothing() {
    let mut own = trainer(|_| {});
    let before = weights(&own.generator.net);
    let mut other = trainer(|run| run.noise.dims += 1);
    other.step();
    let state = pollster::block_on(other.state()).unwrap();
    for bytes in [&state[..], &state[..state.len() / 2], b"", b"nothing"] {
        assert!(matches!(own.restore(bytes), Err(TrainError::State(_))));
        assert_eq!(own.steps(), 0);
        assert_eq!(weights(&own.generator.net), before);
    }
}

/// Waits on this thread, which is all that the CPU needs.
fn wait<T>(future: impl Future<Output = T>) -> T {
    pollster::block_on(future)
}

fn numbers_of(shown: &Shown) -> &[f32] {
    match shown {
        Shown::Numbers(numbers) => numbers,
        Shown::Bytes(_) => panic!("pictures"),
    }
}

#[test]
fn a_step_that_is_looked_at_is_the_step_that_would_have_been() {
    let changes: [fn(&mut Experiment); 4] = [
        |run| run.objective = Objective::Relativistic {},
        |run| run.lipschitz.gradient_penalty = 1.0,
        |run| {
            run.training.d_updates = 2;
            run.training.g_updates = 3;
            run.stabilisers.packing = 2;
            run.stabilisers.instance_noise = 0.1;
        },
        |run| run.stabilisers.d_head_start = 2,
    ];
    for change in changes {
        let (mut plain, mut watched) = (trainer(change), trainer(change));
        for _ in 0..3 {
            plain.step();
            let anatomy = wait(watched.dissect()).unwrap();
            assert_eq!(anatomy.step, plain.steps());
        }
        assert_eq!(
            weights(&plain.generator.net),
            weights(&watched.generator.net)
        );
        assert_eq!(
            weights(&plain.discriminator.net),
            weights(&watched.discriminator.net)
        );
        let [plain, watched] = [&mut plain, &mut watched].map(|run| wait(run.report()).unwrap());
        assert_eq!(plain.discriminator_losses, watched.discriminator_losses);
        assert_eq!(plain.generator_losses, watched.generator_losses);
    }
}

/// By the formulas of Goodfellow et al. (2014), from the scores that are told.
#[test]
fn the_losses_of_an_anatomy_follow_from_its_scores() {
    let mut trainer = trainer(|run| {
        run.objective = Objective::NonSaturating {
            label_smoothing: 0.0,
        };
        run.lipschitz.r1 = 0.5;
    });
    for _ in 0..5 {
        trainer.step();
    }
    let anatomy = wait(trainer.dissect()).unwrap();
    let softplus = |x: f32| x.exp().ln_1p();
    let mean = |scores: &[f32], term: &dyn Fn(f32) -> f32| {
        scores.iter().map(|s| term(*s)).sum::<f32>() / scores.len() as f32
    };
    let d = &anatomy.discriminator;
    let expected = mean(&d.real_scores, &|c| softplus(-c)) + mean(&d.fake_scores, &softplus);
    assert!((d.loss - expected).abs() < 1e-5, "{} {expected}", d.loss);
    assert!(d.penalty > 0.0);
    assert_eq!(d.real_scores.len(), trainer.experiment.training.batch);
    for (score, probability) in d.fake_scores.iter().zip(&d.fake_probabilities) {
        assert!((probability - 1.0 / (1.0 + (-score).exp())).abs() < 1e-6);
    }
    let g = anatomy.generator.unwrap();
    assert!((g.loss - mean(&g.scores, &|c| softplus(-c))).abs() < 1e-5);
    assert!(g.real_scores.is_empty());
}

#[test]
fn plain_descent_moves_each_layer_by_the_rate_times_its_gradient() {
    let mut trainer = trainer(|run| run.optimiser = Optimiser::Sgd {});
    let before = weights(&trainer.generator.net);
    let anatomy = wait(trainer.dissect()).unwrap();
    let after = weights(&trainer.generator.net);
    let norm = |numbers: &mut dyn Iterator<Item = f32>| numbers.map(|x| x * x).sum::<f32>().sqrt();
    let g = anatomy.generator.unwrap();
    for (layers, rate) in [
        (
            &anatomy.discriminator.layers,
            anatomy.discriminator.learning_rate,
        ),
        (&g.layers, g.learning_rate),
    ] {
        assert_eq!(layers.len(), 2);
        for layer in layers {
            let expected = rate as f32 * layer.gradient;
            assert!(layer.gradient > 0.0 && layer.weights > 0.0);
            assert!(
                (layer.change - expected).abs() < 1e-4 * expected,
                "{layer:?}"
            );
        }
    }
    let together = |of: fn(&LayerChange) -> f32| norm(&mut g.layers.iter().map(of));
    let moved = norm(&mut before.iter().zip(&after).map(|(b, a)| a - b));
    assert!((together(|layer| layer.change) - moved).abs() < 1e-5 * moved);
    assert!((together(|layer| layer.weights) - norm(&mut before.iter().copied())).abs() < 1e-4);
}

/// G's loss as a function of where its fakes are, by finite differences, against the pull that is told.
#[test]
fn fakes_are_pulled_to_where_the_loss_falls() {
    let mut trainer = trainer(|run| {
        run.objective = Objective::Minimax {
            label_smoothing: 0.0,
        };
        run.training.batch = 16;
    });
    for _ in 0..3 {
        trainer.step();
    }
    let anatomy = wait(trainer.dissect()).unwrap();
    let g = anatomy.generator.unwrap();
    let (data, device) = (trainer.data.clone(), trainer.device.clone());
    let judge = trainer.discriminator.net.valid();
    // D is as it was when it judged: G alone has learnt since.
    let loss = |fakes: &[f32]| -> f64 {
        let mut fakes = fakes.to_vec();
        data.units().to_nets(&mut fakes);
        let rows = rows(fakes, 16, &device);
        let scores = judge.forward(Examples {
            rows,
            classes: None,
        });
        let scores = scores.into_data().try_to_vec::<f32>().unwrap();
        let term = |c: &f32| -f64::from(*c).exp().ln_1p();
        scores.iter().map(term).sum::<f64>() / 16.0
    };
    let fakes = numbers_of(&g.fake);
    assert!((loss(fakes) - f64::from(g.loss)).abs() < 1e-5);
    const STEP: f32 = 1e-2;
    for at in [0, 5, 12, 31] {
        let moved = |by: f32| {
            let mut fakes = fakes.to_vec();
            fakes[at] += by;
            loss(&fakes)
        };
        let slope = (moved(STEP) - moved(-STEP)) / f64::from(2.0 * STEP);
        let pull = f64::from(g.pull[at]);
        assert!(
            (pull + slope).abs() < 1e-4 + 0.02 * slope.abs(),
            "{pull} {slope}"
        );
    }
}

#[test]
fn a_deal_is_fresh_and_leaves_the_run_alone() {
    let (mut plain, mut asked) = (trainer(|_| ()), trainer(|_| ()));
    for run in [&mut plain, &mut asked] {
        for _ in 0..3 {
            run.step();
        }
        wait(run.report()).unwrap();
    }
    let [first, second] = [(); 2].map(|()| wait(asked.deal(12)).unwrap());
    assert_ne!(first.examples, second.examples);
    for deal in [&first, &second] {
        let points = numbers_of(&deal.examples);
        assert_eq!((points.len(), deal.real.len()), (24, 12));
        assert!(deal.real.contains(&true) && deal.real.contains(&false));
        // Real ones are on the ring of radius 1, where clusters are 0.05 wide.
        for (point, real) in points.chunks_exact(2).zip(&deal.real) {
            let off = (point[0].hypot(point[1]) - 1.0).abs();
            assert!(!real || off < 0.3, "{point:?}");
        }
        let mut points = points.to_vec();
        asked.data.units().to_nets(&mut points);
        let scores = asked.discriminator.net.valid().forward(Examples {
            rows: rows(points, 12, &asked.device),
            classes: None,
        });
        let scores = scores.into_data().try_to_vec::<f32>().unwrap();
        for (score, probability) in scores.iter().zip(&deal.probabilities) {
            let expected = asked.reading.probability(*score);
            assert!(
                (probability - expected).abs() < 1e-4,
                "{probability} {expected}"
            );
        }
    }
    for run in [&mut plain, &mut asked] {
        run.step();
    }
    assert_eq!(weights(&plain.generator.net), weights(&asked.generator.net));
}
