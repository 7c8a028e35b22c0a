import type { Library } from "../../model/library.ts";
import adonis from "./adonis.ts";
import agenda from "./agenda.ts";
import astro from "./astro.ts";
import awsLambda from "./aws-lambda.ts";
import bull from "./bull.ts";
import bullmq from "./bullmq.ts";
import commands from "./commands.ts";
import connect from "./connect.ts";
import containers from "./containers.ts";
import elysia from "./elysia.ts";
import expressPromiseRouter from "./express-promise-router.ts";
import expressWrappers from "./express-wrappers.ts";
import express from "./express.ts";
import feathers from "./feathers.ts";
import fastify from "./fastify.ts";
import graphileWorker from "./graphile-worker.ts";
import graphqlJs from "./graphql-js.ts";
import graphql from "./graphql.ts";
import hapi from "./hapi.ts";
import honoFactory from "./hono-factory.ts";
import hono from "./hono.ts";
import inngest from "./inngest.ts";
import koaMount from "./koa-mount.ts";
import koaRouter from "./koa-router.ts";
import koa from "./koa.ts";
import loopback from "./loopback.ts";
import medusa from "./medusa.ts";
import mercurius from "./mercurius.ts";
import nestCommander from "./nest-commander.ts";
import nestCqrs from "./nest-cqrs.ts";
import nestGraphql from "./nest-graphql.ts";
import nestQueues from "./nest-queues.ts";
import nestSchedule from "./nest-schedule.ts";
import nest from "./nest.ts";
import next from "./next.ts";
import nexus from "./nexus.ts";
import nodeHttpServer from "./node-http-server.ts";
import nuxt from "./nuxt.ts";
import orpc from "./orpc.ts";
import pothos from "./pothos.ts";
import quart from "./quart.ts";
import reactRouter from "./react-router.ts";
import restify from "./restify.ts";
import routingControllers from "./routing-controllers.ts";
import schedules from "./schedules.ts";
import sails from "./sails.ts";
import socketIo from "./socket-io.ts";
import sveltekit from "./sveltekit.ts";
import temporal from "./temporal.ts";
import triggerDev from "./trigger-dev.ts";
import tornado from "./tornado.ts";
import trpc from "./trpc.ts";
import tsRest from "./ts-rest.ts";
import typeGraphql from "./type-graphql.ts";
import ws from "./ws.ts";
import xrpc from "./xrpc.ts";
import yargs from "./yargs.ts";

import aiohttpWeb from "./aiohttp-web.ts";
import pyramid from "./pyramid.ts";
import pythonGraphql from "./python-graphql.ts";
import djangoForms from "./django-forms.ts";
import djangoCommands from "./django-commands.ts";
import djangoRest from "./django-rest-framework.ts";
import djangoWeb from "./django-web.ts";
import bottle from "./bottle.ts";
import celery from "./celery.ts";
import djangoTemplates from "./django-templates.ts";
import falcon from "./falcon.ts";
import fastapi from "./fastapi.ts";
import cornice from "./cornice.ts";
import pythonJobs from "./python-jobs.ts";
import djangoNinja from "./django-ninja.ts";
import litestar from "./litestar.ts";
import sanic from "./sanic.ts";
import starlette from "./starlette.ts";
import flask from "./flask.ts";
import flaskRestful from "./flask-restful.ts";
import jinja2 from "./jinja2.ts";

/** How requests, jobs, resolvers and commands enter; one file each. */
export const frameworks: readonly Library[] = [
  adonis,
  agenda,
  astro,
  awsLambda,
  bull,
  bullmq,
  commands,
  connect,
  containers,
  elysia,
  expressPromiseRouter,
  expressWrappers,
  express,
  feathers,
  fastify,
  graphileWorker,
  graphqlJs,
  graphql,
  hapi,
  honoFactory,
  hono,
  inngest,
  koaMount,
  koaRouter,
  koa,
  loopback,
  medusa,
  mercurius,
  nestCommander,
  nestCqrs,
  nestGraphql,
  nestQueues,
  nestSchedule,
  nest,
  next,
  nexus,
  nodeHttpServer,
  nuxt,
  orpc,
  pothos,
  quart,
  reactRouter,
  restify,
  routingControllers,
  schedules,
  sails,
  socketIo,
  sveltekit,
  temporal,
  triggerDev,
  tornado,
  trpc,
  tsRest,
  typeGraphql,
  ws,
  xrpc,
  yargs,
  aiohttpWeb,
  bottle,
  celery,
  cornice,
  djangoNinja,
  litestar,
  pythonJobs,
  sanic,
  starlette,
  djangoTemplates,
  djangoCommands,
  pyramid,
  pythonGraphql,
  djangoForms,
  djangoRest,
  djangoWeb,
  falcon,
  fastapi,
  flask,
  flaskRestful,
  jinja2,
];
