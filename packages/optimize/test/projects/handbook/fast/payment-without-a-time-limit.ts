import express from "express";
import axios from "axios";

express().post("/pay", async (req, res) => {
  const { data } = await axios.post("https://payments.example.com/charges", req.body, { timeout: 3000 });
  res.json(data);
});
