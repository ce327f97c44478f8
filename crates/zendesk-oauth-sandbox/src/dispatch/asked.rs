//! What a request means, and what it gets: faults, rate limit, who calls, which operation, and what is
//! written down.
//!
//! Who calls is settled before the path is looked at, as Zendesk does it: without good credentials
//! nobody learns which paths exist.

use std::sync::Arc;
use std::time::Duration;

use axum::http::{StatusCode, header};

use crate::auth::{authenticate, authorize};
use crate::faults::{Fault, apply_after, forced_answer};
use crate::http::{Answer, Call, REQUEST_ID, Unread};
use crate::journal::{Entry, Form, Target, Written};
use crate::routes::{Area, Found, Route};
use crate::shared::{Changing, Shared};
use crate::world::World;
use crate::{rate, routes, support};

/// A request, and what it means.
pub(super) struct Asked<'a> {
    pub(super) call: Call<'a>,
    pub(super) area: Area,
    route: Option<&'static Route>,
    /// The operations of the path, if the method belongs to none of them.
    pub(super) others: &'static [&'static Route],
    body: Option<Unread>,
    /// What it would change that nobody else may be changing. Found out without the world: a body takes
    /// its time to be read.
    contended: Option<String>,
}

/// An answer, and what became of the state.
pub(super) struct Outcome {
    pub(super) answer: Answer,
    pub(super) forced: bool,
    /// The version of the state that must be stored before this is answered.
    pub(super) changed: Option<u64>,
    /// Where it is written down.
    pub(super) written: Written,
}

impl<'a> Asked<'a> {
    /// Finds the operation, and the parameters of its path.
    pub(super) fn of(call: Call<'a>, area: Area, body: Option<Unread>) -> Self {
        let found = routes::find(call.method, call.uri, area);
        let mut asked = Self {
            call,
            area,
            route: None,
            others: &[],
            body,
            contended: None,
        };
        match found {
            Found::Route { route, parameters } => {
                asked.route = Some(route);
                asked.call.parameters = parameters;
                if route.changes {
                    asked.contended = support::contended(route.operation, &asked.call);
                }
            }
            Found::OtherMethod(others) => asked.others = others,
            Found::Nothing => {}
        }
        asked
    }

    /// The name of the operation, if there is one.
    pub(super) fn operation(&self) -> Option<&'static str> {
        self.route.map(|route| route.operation)
    }

    pub(super) async fn outcome(&mut self, shared: &Arc<Shared>) -> Outcome {
        let (fault, latency, held) = {
            let mut world = shared.world();
            self.call.now = world.state.now();
            let fault = match self.fault(&mut world) {
                Ok(fault) => fault,
                Err(answer) => return self.written(&mut world, answer, true, None),
            };
            let Some(latency) = fault.as_ref().and_then(|fault| fault.latency_ms) else {
                return self.taken(&mut world, fault.as_ref(), None);
            };
            // What a call that takes its time is changing is taken at once with the fault's striking, so
            // that nobody comes between.
            let name = self.contended.clone();
            let held = name.and_then(|name| Changing::take(shared, &mut world, name));
            (fault, latency, held)
        };
        tokio::time::sleep(Duration::from_millis(latency)).await;
        let mut world = shared.world();
        self.call.now = world.state.now();
        let outcome = self.taken(&mut world, fault.as_ref(), held.as_ref());
        // Letting go of the name takes the world.
        drop(world);
        drop(held);
        outcome
    }

    /// The call takes place.
    fn taken(
        &mut self,
        world: &mut World,
        fault: Option<&Fault>,
        held: Option<&Changing>,
    ) -> Outcome {
        let (answer, changed) = self.answer(world, fault, held);
        let forced = fault.is_some_and(Fault::decides_the_answer);
        self.written(world, answer, forced, changed)
    }

    /// The fault that befalls this call: the one that it asks for, or else the first rule's.
    fn fault(&self, world: &mut World) -> Result<Option<Fault>, Answer> {
        match Fault::asked_for(self.call.headers) {
            Ok(Some(fault)) => Ok(Some(fault)),
            Ok(None) => Ok(world
                .faults
                .strike(self.operation(), &mut world.state.chance)),
            Err(error) => Err(Answer::text(StatusCode::BAD_REQUEST, error.to_string())),
        }
    }

    fn answer(
        &mut self,
        world: &mut World,
        fault: Option<&Fault>,
        held: Option<&Changing>,
    ) -> (Answer, Option<u64>) {
        let form = world.state.switches.too_many_requests;
        if let Some(fault) = fault.filter(|fault| !fault.lose_answer)
            && let Some(mut answer) = forced_answer(fault, self.area, form)
        {
            if answer.status == StatusCode::TOO_MANY_REQUESTS {
                let standing = world.rate.exhausted(&world.state, self.call.now);
                world.rate.headers(&mut answer, self.area, standing);
            }
            return (answer, None);
        }
        let mut standing = world.rate.count(&world.state, self.call.now);
        let (answer, changed) = if standing.exceeded {
            (
                rate::too_many_requests(form, self.area, standing.reset()),
                None,
            )
        } else {
            match self.own_answer(world, held) {
                Ok(answer) => {
                    let changes = self.route.is_some_and(|route| route.changes);
                    let changed = changes.then(|| world.changed());
                    (answer, changed)
                }
                Err(refused) => (refused, None),
            }
        };
        let mut answer = match fault {
            Some(fault) => apply_after(answer, fault, self.area, form),
            None => answer,
        };
        if answer.status == StatusCode::TOO_MANY_REQUESTS {
            standing = world.rate.exhausted(&world.state, self.call.now);
        }
        world.rate.headers(&mut answer, self.area, standing);
        (answer, changed)
    }

    /// The answer of Zendesk itself. `Err` is a refusal before the operation was begun.
    fn own_answer(&mut self, world: &mut World, held: Option<&Changing>) -> Result<Answer, Answer> {
        self.call.caller = authenticate(&mut world.state, self.area, &self.call)?;
        let Some(route) = self.route else {
            return Err(self.no_route());
        };
        authorize(&world.state, route.access, &self.call)?;
        match self.body {
            // Where no body is asked for, none is looked at.
            Some(Unread::TooLong) if !route.takes_body() => {}
            Some(Unread::TooLong) => return Err(support::too_large()),
            Some(Unread::BrokenOff) => {
                return Err(self.bad_request("The body broke off before its end"));
            }
            None => {}
        }
        if !world.changing.is_empty()
            && let Some(name) = &self.contended
            && held.is_none_or(|held| held.name != *name)
            && world.changing.contains(name)
        {
            return Err(support::collision());
        }
        Ok((route.run)(&mut world.state, &self.call))
    }

    /// Gives the answer its id, and writes the call down.
    fn written(
        &self,
        world: &mut World,
        mut answer: Answer,
        forced: bool,
        changed: Option<u64>,
    ) -> Outcome {
        let request_id = world.next_request_id();
        answer.add_missing(REQUEST_ID, request_id.header());
        answer.add_missing(header::DATE, world.date.at(self.call.now));
        let form = match self.call.body.is_empty() {
            true => Form::Nothing,
            false => Form::of(&self.call),
        };
        world.note_secrets();
        let written = world.journal.write(Entry {
            number: 0,
            time: self.call.now,
            route: self.route,
            method: self.call.method.clone(),
            target: Target::of(self.call.uri),
            body: self.call.body.clone(),
            form,
            status: answer.status,
            request_id,
            forced,
        });
        Outcome {
            answer,
            forced,
            changed,
            written,
        }
    }
}
