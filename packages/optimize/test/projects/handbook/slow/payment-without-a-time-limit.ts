import express from "express";
import axios from "axios";

express().post("/pay", async (req, res) => {
  const { data } = await axios.post("https://payments.example.com/charges", req.body); // expect: io/http-no-timeout
  res.json(data);
});
