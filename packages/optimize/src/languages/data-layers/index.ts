/** Data layers: one file each, in the order of their names. */
import type { Library } from "../../model/library.ts";
import betterSqlite3 from "./better-sqlite3.ts";
import clickhouse from "./clickhouse.ts";
import drizzle from "./drizzle.ts";
import elasticsearch from "./elasticsearch.ts";
import ioredis from "./ioredis.ts";
import knex from "./knex.ts";
import kysely from "./kysely.ts";
import loopbackRepository from "./loopback-repository.ts";
import libsql from "./libsql.ts";
import mssql from "./mssql.ts";
import lucid from "./lucid.ts";
import mikroOrm from "./mikro-orm.ts";
import mongodb from "./mongodb.ts";
import mongoose from "./mongoose.ts";
import mysql from "./mysql.ts";
import mysql2Promise from "./mysql2-promise.ts";
import objection from "./objection.ts";
import pg from "./pg.ts";
import pgPromise from "./pg-promise.ts";
import postgres from "./postgres.ts";
import prisma from "./prisma.ts";
import redis from "./redis.ts";
import sequelize from "./sequelize.ts";
import serverlessPostgres from "./serverless-postgres.ts";
import slonik from "./slonik.ts";
import sqlite3 from "./sqlite3.ts";
import supabase from "./supabase.ts";
import typeorm from "./typeorm.ts";
import upstashRedis from "./upstash-redis.ts";
import advancedAlchemy from "./advanced-alchemy.ts";
import asyncpg from "./asyncpg.ts";
import beanie from "./beanie.ts";
import django from "./django.ts";
import mongoengine from "./mongoengine.ts";
import motor from "./motor.ts";
import peewee from "./peewee.ts";
import psycopg from "./psycopg.ts";
import pymongo from "./pymongo.ts";
import pythonSqlite3 from "./python-sqlite3.ts";
import aiosqlite from "./aiosqlite.ts";
import databases from "./databases.ts";
import pythonDrivers from "./python-drivers.ts";
import pythonMysql from "./python-mysql.ts";
import redisAsyncio from "./redis-asyncio.ts";
import redisPy from "./redis-py.ts";
import sqlalchemy from "./sqlalchemy.ts";
import sqlText from "./sql-text.ts";
import tortoise from "./tortoise.ts";

export const dataLayers: readonly Library[] = [
  betterSqlite3,
  clickhouse,
  drizzle,
  elasticsearch,
  ioredis,
  knex,
  kysely,
  loopbackRepository,
  libsql,
  mssql,
  lucid,
  mikroOrm,
  mongodb,
  mongoose,
  mysql,
  mysql2Promise,
  objection,
  pg,
  pgPromise,
  postgres,
  prisma,
  redis,
  sequelize,
  serverlessPostgres,
  slonik,
  sqlite3,
  supabase,
  typeorm,
  upstashRedis,
  advancedAlchemy,
  asyncpg,
  beanie,
  django,
  mongoengine,
  motor,
  peewee,
  psycopg,
  pymongo,
  pythonSqlite3,
  aiosqlite,
  databases,
  pythonDrivers,
  pythonMysql,
  redisAsyncio,
  redisPy,
  sqlalchemy,
  sqlText,
  tortoise,
];
