/** The platform and small libraries around it: one file each, in the order of their names. */
import type { Library } from "../../model/library.ts";
import asyncLibrary from "./async.ts";
import asyncMutex from "./async-mutex.ts";
import axios from "./axios.ts";
import bcrypt from "./bcrypt.ts";
import bluebird from "./bluebird.ts";
import boto3 from "./boto3.ts";
import browsers from "./browsers.ts";
import cache from "./cache.ts";
import consoleLibrary from "./console.ts";
import computing from "./computing.ts";
import dataloader from "./dataloader.ts";
import fetchLibrary from "./fetch.ts";
import got from "./got.ts";
import ky from "./ky.ts";
import esToolkit from "./es-toolkit.ts";
import lodash from "./lodash.ts";
import loggers from "./loggers.ts";
import memoize from "./memoize.ts";
import nodeAsyncHooks from "./node-async-hooks.ts";
import nodeChildProcess from "./node-child-process.ts";
import nodeCrypto from "./node-crypto.ts";
import nodeEvents from "./node-events.ts";
import nodeFs from "./node-fs.ts";
import nodeHttp from "./node-http.ts";
import nodeUtil from "./node-util.ts";
import nodeZlib from "./node-zlib.ts";
import ofetch from "./ofetch.ts";
import opentelemetry from "./opentelemetry.ts";
import pillow from "./pillow.ts";
import promiseAll from "./promise-all.ts";
import promiseLimit from "./promise-limit.ts";
import promiseMap from "./promise-map.ts";
import promiseQueue from "./promise-queue.ts";
import promiseSeries from "./promise-series.ts";
import ramda from "./ramda.ts";
import reactCache from "./react-cache.ts";
import requestLibrary from "./request.ts";
import retry from "./retry.ts";
import sentry from "./sentry.ts";
import services from "./services.ts";
import sharp from "./sharp.ts";
import sleep from "./sleep.ts";
import superagent from "./superagent.ts";
import timers from "./timers.ts";
import undici from "./undici.ts";
import djangoCache from "./django-cache.ts";
import aiohttp from "./aiohttp.ts";
import httpx from "./httpx.ts";
import pythonAsyncio from "./python-asyncio.ts";
import pydantic from "./pydantic.ts";
import pythonBuiltins from "./python-builtins.ts";
import pythonCaches from "./python-caches.ts";
import pythonComputing from "./python-computing.ts";
import pythonDataloader from "./python-dataloader.ts";
import pythonEnums from "./python-enums.ts";
import pythonFiles from "./python-files.ts";
import pythonItertools from "./python-itertools.ts";
import pythonPathlib from "./python-pathlib.ts";
import pythonReaders from "./python-readers.ts";
import pythonServices from "./python-services.ts";
import pythonSubprocess from "./python-subprocess.ts";
import pythonThreads from "./python-threads.ts";
import pythonTime from "./python-time.ts";
import pythonTyping from "./python-typing.ts";
import pythonUrllib from "./python-urllib.ts";
import requests from "./requests.ts";
import zod from "./zod.ts";

export const platform: readonly Library[] = [
  asyncLibrary,
  asyncMutex,
  axios,
  bcrypt,
  bluebird,
  boto3,
  browsers,
  cache,
  consoleLibrary,
  computing,
  dataloader,
  fetchLibrary,
  got,
  ky,
  esToolkit,
  lodash,
  loggers,
  memoize,
  nodeAsyncHooks,
  nodeChildProcess,
  nodeCrypto,
  nodeEvents,
  nodeFs,
  nodeHttp,
  nodeUtil,
  nodeZlib,
  ofetch,
  opentelemetry,
  pillow,
  promiseAll,
  promiseLimit,
  promiseMap,
  promiseQueue,
  promiseSeries,
  ramda,
  reactCache,
  requestLibrary,
  retry,
  sentry,
  services,
  sharp,
  sleep,
  superagent,
  timers,
  undici,
  djangoCache,
  aiohttp,
  httpx,
  pythonAsyncio,
  pydantic,
  pythonBuiltins,
  pythonCaches,
  pythonComputing,
  pythonDataloader,
  pythonEnums,
  pythonFiles,
  pythonItertools,
  pythonPathlib,
  pythonReaders,
  pythonServices,
  pythonSubprocess,
  pythonThreads,
  pythonTime,
  pythonTyping,
  pythonUrllib,
  requests,
  zod,
];
